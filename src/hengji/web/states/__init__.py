"""States (状态): one machine for the way of a filing, and the moves along it."""
