"""Evaluations over all programmes: figures of a year, and the lists that they lead to."""
