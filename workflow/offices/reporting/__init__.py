"""Keeping the reporting calendars of parties: set by two administrators, read from a file, shown."""
