"""Rounds: opened, answered, timed, settled and closed under one case's lock."""
