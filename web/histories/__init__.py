"""Histories: the trail of each case in words, its check and its copies."""
