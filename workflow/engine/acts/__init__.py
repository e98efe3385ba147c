"""Acts of several steps on one case, each of which stands and falls with the others."""
