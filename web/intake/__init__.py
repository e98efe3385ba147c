"""What comes in with a request, before any page looks at it: characters, numbers, what was typed."""
