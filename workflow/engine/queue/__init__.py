"""The queue: what waits for a person, as a statement, a page and a batch to sign at once."""
