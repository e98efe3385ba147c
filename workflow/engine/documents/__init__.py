"""Documents: attached files, the text bound to a round, its labels and its differences."""
