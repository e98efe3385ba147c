"""The signer: the key that nobody else reads, its rotation, and what it signed."""
