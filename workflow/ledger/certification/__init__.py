"""Certifying money: what waits for whom, who is told of it, and the verdict of a second person."""
