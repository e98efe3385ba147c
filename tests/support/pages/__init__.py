"""Somebody at the pages, in a browser or without one."""
