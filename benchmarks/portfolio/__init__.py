"""Portfolios of any size: many programmes that differ, made of a few that were really played."""
