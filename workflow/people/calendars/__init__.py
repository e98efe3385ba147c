"""Working calendars of parties: their week and days of rest, kept from a day on and never changed."""
