"""The log: every event of every case in one tree, of which a stranger can verify any part."""
