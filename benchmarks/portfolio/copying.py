"""Copies of patterns: each with a name, a title, countries and days of its own, and its own chain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any

from benchmarks.portfolio import titles
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import IMPORTED
from benchmarks.portfolio.pattern import Pattern, Row, Said, Stencil, columns
from workflow.audit.canonical import leaf_hash
from workflow.audit.commitments import disclosure, disclosure_digest
from workflow.audit.envelope import genesis
from workflow.reference import reference
from workflow.search.key import fold

Values = dict[str, Any]
DUE_AT = columns("deadline").index("at")
DONE_AT = columns("deadline").index("done_at")


@dataclass(frozen=True, slots=True)
class Wish:
    """What one copy is to be: of which pattern, how much later than it, and for which countries."""

    pattern: Pattern
    later: timedelta
    places: tuple[Country, ...]
    number: int

    @property
    def opened(self) -> datetime:
        """The instant at which it was begun."""
        return self.pattern.first + self.later


class Copier:
    """Makes the rows of copies, table by table."""

    def __init__(
        self, random: Random, newest: Mapping[str, int], now: str, frameworks: int
    ) -> None:
        self._random = random
        self._next = {name: count(last + 1) for name, last in newest.items()}
        self._now = now
        self._frameworks = frameworks
        known = reference()
        self._sectors = [(sector.code, sector.name) for sector in known.sectors.values()]
        self._areas = list(known.areas)

    def copy(self, wish: Wish, ref: str) -> Iterator[tuple[str, Row]]:
        """The rows of one copy, each with the table that it belongs to."""
        values = self._values(wish, ref)
        for event in wish.pattern.events:
            yield "event", self._event(event, values)
        for stencil in wish.pattern.rows:
            row = filled(stencil, values)
            yield stencil.table, self._done(row) if stencil.table == "deadline" else row
        yield from self._themes(values["case"])

    def _event(self, event: Said, values: Values) -> Row:
        values["prev"] = values[f"hash{event.seq - 1}"].hex()
        body = values["body"] = (event.body % values).encode()
        values[f"hash{event.seq}"] = leaf_hash(body)
        return filled(event.row, values)

    def _values(self, wish: Wish, ref: str) -> Values:
        pattern = wish.pattern
        values: Values = {}
        for instant in pattern.times:
            stored, moved = spelt(instant), (instant + wish.later).isoformat(" ", "milliseconds")
            values[stored] = f"{moved}000"
            values[f"told:{stored}"] = f"{moved[:10]}T{moved[11:]}Z"
        for name, ids in pattern.ids.items():
            following = self._next[name]
            for old in ids:
                values[f"{name}:{old}"] = next(following)
        for n, place in enumerate(wish.places):
            values |= _of_place(n, place)
        names = [place.name for place in wish.places]
        code, sector = self._random.choice(self._sectors)
        title = titles.title(self._random, self._random.choice(names or PLACES))
        committed = disclosure(pattern.title_salt, "title", title)
        return values | {
            "case": values[f"lifecycle_case:{pattern.ids['lifecycle_case'][0]}"],
            "ref": ref,
            "external_key": ref.removeprefix("SSC-"),
            "title": title,
            "title_digest": disclosure_digest(committed),
            "hash0": genesis(ref),
            "framework": self._random.randint(1, self._frameworks),
            "sector": sector[:120],
            "sector_code": code,
            "budget": self._random.randint(40, 9000) * 1000,
            "search_text": fold(" ".join([ref, title, pattern.summary, sector, *names])),
        }

    def _done(self, row: Row) -> Row:
        """A reminder of a day that has passed has been sent."""
        if row[DUE_AT] >= self._now:
            return row
        return (*row[:DONE_AT], row[DUE_AT], *row[DONE_AT + 1 :])

    def _themes(self, case: int) -> Iterator[tuple[str, Row]]:
        for area in self._random.sample(self._areas, self._random.choice((1, 1, 2))):
            yield "case_area", (case, area)
        for goal in self._random.sample(range(1, 18), self._random.choice((1, 2, 3))):
            yield "programme_goal", (case, "sdg", goal)


PLACES = ("Guinea-Bissau", "Haiti", "Lao PDR", "Sierra Leone", "Cambodia", "Burundi")


def filled(stencil: Stencil, values: Mapping[str, Any]) -> Row:
    """A row with its holes filled."""
    row = list(stencil.values)
    for place, hole in stencil.holes:
        row[place] = values[hole]
    return tuple(row)


@cache
def spelt(instant: datetime) -> str:
    """An instant as SQLite keeps it."""
    return instant.isoformat(" ", "microseconds")


def _of_place(n: int, place: Country) -> Values:
    return {
        f"party{n}": place.party,
        f"key{n}": place.key,
        f"authority{n}": place.authority.person,
        f"authority_appointment{n}": place.authority.appointment,
        f"submitter{n}": place.submitter.person,
        f"submitter_appointment{n}": place.submitter.appointment,
    }


def names(wishes: Sequence[Wish]) -> list[str]:
    """A reference for each copy: of its year, counting on, or of the file it was imported from."""
    years: dict[str, Iterator[int]] = {}
    made = []
    for wish in wishes:
        imported = wish.pattern.played.state == IMPORTED
        year = "P" if imported else str(wish.opened.year)
        number = next(years.setdefault(year, count(1000)))
        made.append(f"SSC-P{number:06d}" if imported else f"SSC-{year}-{number:03d}")
    return made
