"""How much a run does: a sample, or with `make proof SIZE=n` that many percent of the whole."""

import os

from hypothesis import settings

VARIABLE = "PRIMEMOVER_SIZE"
SIZE = int(os.environ.get(VARIABLE) or "0")
WHOLE = 100
# Examples of a property: in `make quick`, in `make test`, and at SIZE=100.
QUICK, SAMPLE, LARGEST = 10, 50, 20_000


def sized(sample: int, whole: int) -> int:
    """How often to do what every run does `sample` times, and SIZE=100 does `whole` times."""
    return max(sample, whole * SIZE // WHOLE)


def choose_examples() -> None:
    """Try each property on the same few examples in every run, and on new ones in a proof."""
    settings.register_profile("quick", max_examples=QUICK, deadline=None, derandomize=True)
    settings.register_profile("test", max_examples=SAMPLE, deadline=None, derandomize=True)
    settings.register_profile("proof", max_examples=sized(SAMPLE, LARGEST), deadline=None)
    settings.load_profile("proof" if SIZE else "test")
