"""Lifecycles and cases at random, each made again from its seed."""
