"""Differentiators that we did not know: phrases that winning buyers repeat."""
