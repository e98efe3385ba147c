"""Proposals as their submitters see them: a list, and a new one."""
