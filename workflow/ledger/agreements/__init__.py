"""Agreeing on money: the acts that record earmarks, conditions and expected payments, and who is told of those."""
