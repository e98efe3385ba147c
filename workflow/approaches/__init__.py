"""Pivotal countries approached one by one: asked where they wish to lead, what each answered, and until when that holds."""
