"""What administrators do at a terminal: people, offices and groupings."""
