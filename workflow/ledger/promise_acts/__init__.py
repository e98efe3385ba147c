"""The acts on promises of money: recording earmarks, conditions and expected payments, and telling who owes and expects those."""
