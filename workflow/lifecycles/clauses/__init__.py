"""Numbered places of a text: what is commented on one by one."""
