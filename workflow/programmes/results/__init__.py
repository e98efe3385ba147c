"""The results of a programme on their page."""
