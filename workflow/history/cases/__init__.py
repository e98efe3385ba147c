"""How a case begins, in words: by somebody's act, or under another case."""
