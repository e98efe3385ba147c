"""What an office needs, each thing looked for by a check of its own."""
