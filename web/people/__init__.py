"""Who holds which role for whom."""
