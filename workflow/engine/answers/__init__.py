"""Answers as they are read: what everybody said in a case."""
