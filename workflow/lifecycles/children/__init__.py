"""Child cases: which a lifecycle opens, when they open, and when waiting for them is over."""
