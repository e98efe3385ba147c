"""How often each attack is tried: a little in every run, twenty times as often in a whole proof."""

from tests.support.sizes import sized


def tries(least: int) -> int:
    """How often to try what every run tries `least` times."""
    return sized(least, 20 * least)


def tell(number: int, tried: int, found: int, by: str) -> None:
    """Print what came of it, for the table of figures."""
    print(f"T{number}: {tried} tried, {found} found by {by}")
