"""Commands known by their names: the table of them, and the group that reads in the one called."""
