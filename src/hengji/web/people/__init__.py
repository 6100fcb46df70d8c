"""People (人员): regions, departments, users, roles, and who may do what."""
