"""Meetings of countries and partners: planned, called, held and reported, and what came of what they committed to."""
