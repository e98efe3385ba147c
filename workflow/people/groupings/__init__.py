"""Groupings of countries, such as the African Union: which there are, and who belonged to which when."""
