"""Lists of programmes: portfolio, own, proposals and histories, with filters and counts."""
