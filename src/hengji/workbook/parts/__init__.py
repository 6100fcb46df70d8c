"""The sheets of the workbook, one module each: how it is written, and how it is read."""
