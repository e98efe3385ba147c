"""Anchors: the checkpoints of the log, who outside holds one, and the proofs to take away."""
