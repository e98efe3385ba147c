"""What was published: the lifecycles, and each of their versions."""
