"""The workflow of cooperation programmes: everything that knows no web."""
