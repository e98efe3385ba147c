"""How countries met and were approached one by one in the demonstration."""
