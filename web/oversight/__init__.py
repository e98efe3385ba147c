"""Oversight: the auditor's own pages, from one check of everything to one event of a sample."""
