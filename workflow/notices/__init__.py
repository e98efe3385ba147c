"""Notices: messages owed to people, written in the same transaction as their cause."""
