"""How often each attack is tried: a little by default, PRIMEMOVER_TRIES times as often on request."""

import os

TIMES = int(os.environ.get("PRIMEMOVER_TRIES", "1"))


def tries(least: int) -> int:
    """How often to try what is tried `least` times by default."""
    return least * TIMES


def tell(number: int, tried: int, found: int, by: str) -> None:
    """Print what came of it, for the table of figures."""
    print(f"T{number}: {tried} tried, {found} found by {by}")
