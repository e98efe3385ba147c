"""Timekeeping: whether the clock of this machine may decide anything, and who said that it may."""
