"""Open cases moved to a version of a lifecycle, by two administrators where the house has two."""
