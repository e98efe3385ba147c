"""How much a run does: a sample, or with `make proof SIZE=n` that many percent of the whole."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

Item = TypeVar("Item")
VARIABLE, SEEDED, PARTED = "PRIMEMOVER_SIZE", "PRIMEMOVER_SEED", "PRIMEMOVER_PART"
SIZE = int(os.environ.get(VARIABLE) or "0")
# Which sample a short run takes of what a long proof takes whole: the same seed, the same tests.
SEED = int(os.environ.get(SEEDED) or "0")
WHOLE = 100
# Of a long proof this run takes every so-many-th test, beginning with this one: "2/5" takes a fifth.
PART, PARTS = map(int, (os.environ.get(PARTED) or "1/1").split("/"))
# From this size on a proof takes the trials that last for minutes, at the pace of the product.
LONG = 10
LASTING = SIZE >= LONG
# Examples of a property: in `make quick`, in `make test`, and at SIZE=100.
QUICK, SAMPLE, LARGEST = 6, 10, 20_000


def sized(sample: int, whole: int) -> int:
    """How often to do what every run does `sample` times, and SIZE=100 does `whole` times."""
    return max(sample, whole * SIZE // WHOLE)


def some_of_each(row: Iterable[Item], kind: Callable[[Item], object], few: int = 1) -> list[Item]:
    """So many of each kind in a short run, evenly chosen by the seed, and all in a long proof."""
    kinds: dict[object, list[Item]] = {}
    for item in row:
        kinds.setdefault(kind(item), []).append(item)
    return [item for alike in kinds.values() for item in (alike if LASTING else evenly(alike, few))]


def evenly(row: Sequence[Item], few: int, seed: int = SEED) -> list[Item]:
    """So many, as far from each other as can be; the seed says with which one they begin."""
    few = min(few, len(row))
    begin = seed % (len(row) // few)
    return [row[begin + number * len(row) // few] for number in range(few)]


def choose_examples() -> None:
    """Try each property on the same few examples in every run, and on new ones in a proof.

    How long it takes to think of an example says more about the machine than about the property.
    """
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("quick", patient, max_examples=QUICK, derandomize=True)
    settings.register_profile("test", patient, max_examples=SAMPLE, derandomize=True)
    settings.register_profile("proof", patient, max_examples=sized(SAMPLE, LARGEST))
    settings.load_profile("proof" if SIZE else "test")
