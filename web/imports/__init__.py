"""Bringing in programmes that were begun elsewhere, from a file that is sent in the browser."""
