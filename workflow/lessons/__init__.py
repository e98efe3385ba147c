"""Lessons that were validated: found, read and taken away."""
