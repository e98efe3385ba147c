"""The pivotal countries as an administrator keeps them."""
