"""Searching texts: how they are folded, and how an index of their words is asked."""
