"""Lists of what was learnt, compared with what they follow from."""
