"""How demo programmes are evaluated, half-way and at their end, each in a case of its own."""
