"""Open cases moved to another version of their lifecycle, or to another lifecycle."""
