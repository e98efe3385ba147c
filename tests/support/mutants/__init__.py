"""Mutants of what is pure: one small change at a time, which some test has to notice."""
