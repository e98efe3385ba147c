"""Exports: histories as event logs that other programs read, without names and free text."""
