"""Lifecycles as administrators keep them: drafts, and what is published, offered again and retired."""
