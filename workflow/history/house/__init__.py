"""What happens to the house, in words: whoever entered it, and pivotal countries."""
