"""The reporting calendars of parties as administrators keep them."""
