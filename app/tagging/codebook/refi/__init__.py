"""REFI-QDA, the format in which programs for qualitative analysis exchange codebooks (.qdc) and
projects (.qdpx). Pure: no database, no web."""
