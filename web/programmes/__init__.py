"""Programmes: the portfolio and the page of each."""
