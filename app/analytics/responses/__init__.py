"""Whom we asked, who talked with us, and whom we did not hear."""
