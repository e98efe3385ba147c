"""Transfers between the budget lines of a case: what may be moved without an amendment, and the act."""
