"""How the numbers are made: pure functions from counts to estimates.

Nothing here knows of a page, a table or a person. `docs/method.md` says the same in plain words.
The heavy libraries are imported inside the functions that use them, so that a web process which
shows no estimate does not carry them.
"""
