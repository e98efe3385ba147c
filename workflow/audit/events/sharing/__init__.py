"""What is said of what countries share: entries of the register, and their use in programmes."""
