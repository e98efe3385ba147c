"""The parties as an administrator keeps them."""
