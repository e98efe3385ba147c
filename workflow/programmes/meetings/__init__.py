"""What a meeting comes to as a line of the list of meetings."""
