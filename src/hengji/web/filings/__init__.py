"""Filings (填报数据) in the database, and the pages that fill them."""
