"""Reporting calendars of parties: their financial year and when they report, kept from a day on by two people."""
