"""Groupings of countries as an administrator keeps them."""
