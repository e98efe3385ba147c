"""The directory of parties: entered and changed by administrators, and read as a list."""
