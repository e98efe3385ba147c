"""Training that donors sponsor, in figures: courses, places and who came."""
