"""Frameworks: the list, and each with its areas and pivotal countries."""
