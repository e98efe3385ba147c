"""The generic engine: cases, rounds, seats and sign-offs; it knows no programmes."""
