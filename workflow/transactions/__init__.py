"""Transactions of acts: statements composed once, and one place where what they write is made to last."""
