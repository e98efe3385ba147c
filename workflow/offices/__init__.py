"""Offices as administrators keep them: which roles there are and for whom, who holds them, who is missing."""
