"""Countries: what each of them leads, was asked, answers, offers and takes part in."""
