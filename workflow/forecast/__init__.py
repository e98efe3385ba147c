"""Forecasts: when cases will probably come to their next states and their ends, and what they wait on."""
