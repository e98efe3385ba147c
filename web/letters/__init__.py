"""The letters of a silence, as pages fit to be printed and sent."""
