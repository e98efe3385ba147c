"""Groups of pivotal countries that lead programmes together: formed, joined and left, and what they lead."""
