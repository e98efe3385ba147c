"""Results of a case: indicators with their targets, what was reported of them, and how they stand."""
