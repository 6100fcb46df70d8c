"""The pages of a filing: one noun a module."""
