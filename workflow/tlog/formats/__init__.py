"""Formats: the tree, notes, checkpoints, proofs and requests to witnesses, as C2SP and RFC 6962 write them."""
