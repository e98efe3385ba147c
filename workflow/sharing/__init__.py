"""What countries are willing to share: solutions, institutions and, with their consent, experts."""
