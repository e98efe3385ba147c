"""Programmes: what countries propose under a framework."""
