"""Witnesses: who signs our checkpoints elsewhere, the client that asks them, and anchors."""
