"""Bars of a distribution as numbers for a picture; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.forecast.page import Bar

WIDE, HIGH, BELOW = 600, 140, 20


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One bar in its place, with what it stands for."""

    x: float
    y: float
    width: float
    height: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture: how wide and high it is, and its bars."""

    width: int
    height: int
    base: int
    bars: tuple[DrawnBar, ...]


def chart(bars: Sequence[Bar]) -> Chart:
    """Bars beside each other, the largest share as high as there is room."""
    most = max((bar.share for bar in bars), default=0.0) or 1.0
    step = WIDE / max(1, len(bars))
    drawn = tuple(
        DrawnBar(
            x=round(number * step + 1, 1),
            y=round(HIGH - HIGH * bar.share / most, 1),
            width=round(step - 2, 1),
            height=round(HIGH * bar.share / most, 1),
            bar=bar,
        )
        for number, bar in enumerate(bars)
    )
    return Chart(WIDE, HIGH + BELOW, HIGH, drawn)
