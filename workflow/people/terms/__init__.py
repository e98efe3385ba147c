"""Terms of office as administrators keep them: extended, asked for, confirmed and declined."""
