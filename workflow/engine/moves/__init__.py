"""Whose move it is: where it is made, by whom instead, and over which document."""
