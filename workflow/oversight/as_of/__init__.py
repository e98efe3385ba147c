"""As of: how a case or the portfolio stood at an instant, from its events alone."""
