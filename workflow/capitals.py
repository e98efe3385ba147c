"""The hours of a country: the time zone of its capital, and the days on which its offices rest."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Capital:
    """When it is what hour in a capital, and which days are worked there; holidays are not known."""

    zone: str
    weekend: frozenset[int]

    def local(self, at: datetime) -> datetime:
        """An instant as the clocks there show it."""
        return at.astimezone(ZoneInfo(self.zone))

    def rests(self, day: date) -> bool:
        """Whether the weekend there falls on `day`."""
        return day.weekday() in self.weekend

    def last_worked(self, end: datetime) -> date:
        """The last day there, up to that of an end, on which offices work."""
        day = self.local(end).date()
        while self.rests(day):
            day -= timedelta(days=1)
        return day


def capital(iso3: str | None) -> Capital | None:
    """The hours of a country, if they are known."""
    return _capitals().get(iso3 or "")


@cache
def _capitals() -> Mapping[str, Capital]:
    text = (files("config") / "reference" / "capitals.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["iso3"]: Capital(row["zone"], frozenset(map(DAYS.index, row["weekend"].split())))
            for row in csv.DictReader(io.StringIO(text))
        }
    )
