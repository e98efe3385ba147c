"""Permissions: who may answer a seat or know of a case, and exactly why not."""
