"""Orders: files that people asked for, made behind the pages and kept for a day."""
