"""Pivotal countries: their status, what they answered when asked where to lead, and both as read."""
