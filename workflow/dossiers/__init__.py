"""Dossiers: a history as a package that a stranger can check without this installation."""
