"""Lead groups beside their programmes: who is a member in which order, whose turn the chair is, and what a change comes to."""
