"""Talk about a case, kept on its history as what it is."""
