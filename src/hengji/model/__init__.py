"""What the field talks about: plain frozen values and nothing else (no files, no screens, no database)."""
