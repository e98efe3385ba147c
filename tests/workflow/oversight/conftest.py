"""The demo's house on both kinds of database, and everything in it findable."""
