"""What administrators do at a terminal: people and offices."""
