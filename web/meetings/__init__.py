"""Meetings in the browser: the list of them, and the form by which one is planned."""
