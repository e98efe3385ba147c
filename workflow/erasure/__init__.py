"""Erasure: private texts taken out for good, on a basis, while the event stays provable."""
