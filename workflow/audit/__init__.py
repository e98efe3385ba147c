"""The trail: the only writer of events, and what proves that they are complete and unaltered."""
