"""The reason list as it changes: its versions, merging and splitting, and its files."""
