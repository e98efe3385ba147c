"""The desk of the Special Unit's officers: every open case, whose move it is and how old it is."""
