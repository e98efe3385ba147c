"""Cases that begin by themselves and are no programmes: their beginning."""
