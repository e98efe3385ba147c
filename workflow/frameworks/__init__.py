"""Cooperation frameworks, their periods and thematic areas."""
