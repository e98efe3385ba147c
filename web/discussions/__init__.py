"""The discussion of a case: read, said and taken back."""
