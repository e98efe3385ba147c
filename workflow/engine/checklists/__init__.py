"""The checklists of rounds, computed from what is known of a case."""
