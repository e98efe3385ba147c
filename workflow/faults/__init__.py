"""Faults that pass: what an outage is, work that is tried again, and saying so once in a while."""
