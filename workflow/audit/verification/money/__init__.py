"""Money and rates as the tables say and as the trail tells."""
