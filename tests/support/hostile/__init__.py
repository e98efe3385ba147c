"""Requests that nobody means well by, for every address of the pages."""
