"""What a person has to do in a month: the page, and the file for a calendar of their own."""
