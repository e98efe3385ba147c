"""The bodies as an administrator keeps them."""
