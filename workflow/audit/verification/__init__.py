"""Verification: what the events say, replayed and held against every row."""
