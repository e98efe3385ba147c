"""The months of a person: what is late, due and ahead, and what comes of it where they do nothing."""
