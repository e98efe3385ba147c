"""The discussion of a case, section by section: talk among those who may read it, and no sign-off."""
