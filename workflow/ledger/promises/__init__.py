"""What a source asked of its money, and which payments are expected: as they are kept."""
