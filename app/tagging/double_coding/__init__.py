"""Interviews that two people tag apart from each other, and what they agree on."""
