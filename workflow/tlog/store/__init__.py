"""The store: events placed in the tree, its tiles, its heads and what is asked of them."""
