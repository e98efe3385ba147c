"""Other engines that give the same sign-offs, run in an environment that has them."""
