"""Figures: what was measured, on what, with what it has to be compared with."""

import json
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from typing import Any

import sqlalchemy

A_SECOND, MILLISECONDS, MEBIBYTES, NUMBER = "/s", "ms", "MiB", ""
PACKAGES = ("psycopg", "flask", "transitions")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ours, the floor's, and their ratio with its quartiles.

    `group` says what it belongs to and `place` on what it was measured; `detail` holds what else was
    counted at the same time, by name.
    """

    group: str
    place: str
    what: str
    unit: str
    ours: float
    floor: float | None = None
    ratio: tuple[float, float, float] | None = None
    detail: Mapping[str, float | str] = field(default_factory=dict)

    def row(self) -> tuple[str, str, str, str]:
        """The figure as people read it."""
        floor = "" if self.floor is None else spelt(self.floor, self.unit)
        return self.said(), spelt(self.ours, self.unit), floor, spread(self.ratio)

    def said(self) -> str:
        """What was measured, with what else was counted."""
        told = ", ".join(
            f"{number:,.4g} {name}" if isinstance(number, int | float) else f"{name} {number}"
            for name, number in self.detail.items()
        )
        return f"{self.what} ({told})" if told else self.what


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one run, with the machine and the seed that they belong to."""

    known: Mapping[str, Any]
    seed: int
    figures: Sequence[Figure]

    @property
    def heading(self) -> str:
        """Date, machine and versions in two lines."""
        versions = ", ".join(f"{name} {number}" for name, number in self.known["versions"].items())
        known = self.known
        return f"{known['at']}, {known['machine']}, {known['system']}\n{versions}"

    def of(self, *groups: str) -> dict[str, list[Figure]]:
        """The figures of these groups by their place; of all groups where none is named."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if not groups or figure.group in groups:
                found.setdefault(figure.place, []).append(figure)
        return found

    def written(self) -> str:
        """Everything as JSON keeps it."""
        told = {**self.known, "seed": self.seed, "figures": [asdict(each) for each in self.figures]}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read(text: str) -> Report:
    """The report that `written` put into `text`."""
    told = json.loads(text)
    figures = [
        Figure(**{**figure, "ratio": tuple(figure["ratio"]) if figure["ratio"] else None})
        for figure in told.pop("figures")
    ]
    return Report(told, told.pop("seed"), figures)


def spelt(value: float, unit: str) -> str:
    """A number with its unit, as exact as it deserves."""
    number = f"{value:,.0f}" if value >= 100 or unit == NUMBER else f"{value:.3g}"
    return f"{number} {unit}" if unit in {MILLISECONDS, MEBIBYTES} else f"{number}{unit}"


def spread(ratio: Sequence[float] | None) -> str:
    """A ratio with its quartiles."""
    if ratio is None:
        return ""
    low, middle, high = (f"{each:.2f}" if each >= 0.1 else f"{each:.3f}" for each in ratio)
    return middle if low == high else f"{middle} ({low} to {high})"


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The lower quartile, the median and the upper quartile."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def exactly(ratio: float) -> tuple[float, float, float]:
    """A ratio that was taken once."""
    return ratio, ratio, ratio


def machine() -> dict[str, Any]:
    """The date, the machine and the versions that figures belong to."""
    return {
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{platform.machine()}, {cpu_count()} cores, {_processor()}",
        "system": f"{platform.system()} {platform.release()}",
        "versions": {
            "Python": platform.python_version(),
            "SQLite": sqlite3.sqlite_version,
            "SQLAlchemy": sqlalchemy.__version__,
            **{name: version(name) for name in PACKAGES},
        },
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as told:  # noqa: PTH123
            names = [line.partition(":")[2].strip() for line in told if "model name" in line]
    except OSError:
        return platform.processor()
    return names[0] if names else platform.processor()
