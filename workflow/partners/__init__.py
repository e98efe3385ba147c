"""Donors and private partners: sanctions lists, vettings, and what was agreed with each for a programme."""
