"""The frameworks and funds as an administrator keeps them."""
