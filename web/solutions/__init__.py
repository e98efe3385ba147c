"""What countries share: solutions, institutions and experts, found, entered, confirmed and withdrawn."""
