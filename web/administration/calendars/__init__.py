"""The working calendars of parties as an administrator keeps them."""
