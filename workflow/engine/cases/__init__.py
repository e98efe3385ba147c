"""How cases begin, by somebody's act or under another case, and what the end of one means for others."""
