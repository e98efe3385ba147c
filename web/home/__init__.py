"""The first page of a signed-in person."""
