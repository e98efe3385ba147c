"""What of a person themselves decides at a seat: that they were named for it, and what they did around the case."""
