"""How letters are worded, as an administrator keeps it."""
