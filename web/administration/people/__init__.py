"""People as administrators keep them."""
