"""What blocks programmes: the list by age, to whom each goes up and when, and the letter of the month."""
