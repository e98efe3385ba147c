"""Tables to take away: as comma-separated values, and as workbooks."""
