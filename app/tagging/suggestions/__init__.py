"""Suggested tags in the product: made by the worker, decided by people, counted nowhere before."""
