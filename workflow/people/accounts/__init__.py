"""Accounts: what is known of people, whether they can sign in, and how they come by a password."""
