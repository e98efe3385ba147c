"""What takes two administrators: one asks for it, another one confirms or declines it."""
