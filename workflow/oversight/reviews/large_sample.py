"""Samples of large populations: drawn a portion of events after the other, by the same rule.

Events are gone through in the order of their hashes, of which the fingerprint of a population is
made, so that no more than a portion of them is ever kept in mind.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.oversight.events.filters import EventFilters, allowed, conditions
from workflow.oversight.events.page import of_ids
from workflow.oversight.models import EventFacet
from workflow.oversight.reviews.sample import LARGEST, Sample, drawn

PORTION = 5_000
Portions = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The events that were drawn, in the order of their draws, and from which population."""

    ids: tuple[int, ...]
    population: int
    fingerprint: str

    def said(self) -> dict[str, Any]:
        """It in words that JSON has."""
        return {
            "ids": list(self.ids), "population": self.population, "fingerprint": self.fingerprint,
        }  # fmt: skip

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Drawn":
        """What `said` had said."""
        return cls(tuple(said["ids"]), said["population"], said["fingerprint"])


class _Drawing:
    """What was drawn from the portions so far."""

    def __init__(self, seed: str, wanted: int) -> None:
        self._seed, self._wanted = seed, min(wanted, LARGEST)
        self._ids: dict[bytes, int] = {}
        self._prints, self._population = hashlib.sha256(), 0

    def add(self, rows: Sequence[tuple[bytes, int]]) -> None:
        """Take in a portion, whose hashes all come after those of the portions before."""
        self._prints.update(b"".join(link for link, _ in rows))
        self._population += len(rows)
        known = {**self._ids, **dict(rows)}
        best = drawn(self._seed, chain(self._ids, (link for link, _ in rows)), self._wanted)
        self._ids = {link: known[link] for link in best}

    def end(self) -> Drawn:
        return Drawn(tuple(self._ids.values()), self._population, self._prints.hexdigest())


def draw_large(
    engine: Engine,
    person: int,
    filters: EventFilters,
    *,
    seed: str,
    wanted: int,
    now: datetime,
    progress: Portions = lambda _done, _whole: None,
) -> Drawn:
    """Draw from the events that the person may know of and the filters leave."""
    with engine.reading() as session:
        whole = session.scalar(select(func.count()).select_from(Event)) or 0
    drawing, done = _Drawing(seed, wanted), 0
    for portion in _portions(engine):
        with engine.reading() as session:
            drawing.add(_allowed(session, person, filters, now, portion))
        done += len(portion)
        progress(min(done, whole), whole)
    return drawing.end()


def as_drawn(
    session: Session, engine: Engine, found: Drawn, filters: EventFilters, seed: str, wanted: int
) -> Sample:
    """The sample that was drawn, its events in plain words."""
    lines = of_ids(session, engine, found.ids)
    return Sample(
        seed=seed,
        wanted=wanted,
        population=found.population,
        fingerprint=found.fingerprint,
        lines=tuple(lines[each] for each in found.ids),
        filters=filters,
    )


def _portions(engine: Engine) -> Iterator[list[tuple[bytes, int]]]:
    """Every event by its hash; one reading for each portion keeps nobody waiting."""
    last = b""
    while True:
        wanted = select(Event.hash, Event.id).where(Event.hash > last)
        with engine.reading() as session:
            rows = session.execute(wanted.order_by(Event.hash).limit(PORTION))
            found = [(row.hash, row.id) for row in rows]
        if found:
            yield found
            last = found[-1][0]
        if len(found) < PORTION:
            return


def _allowed(
    session: Session,
    person: int,
    filters: EventFilters,
    now: datetime,
    portion: Sequence[tuple[bytes, int]],
) -> list[tuple[bytes, int]]:
    """Those of a portion that are of the population, in the same order."""
    may = allowed(session, person, now)
    of_portion = EventFacet.event_id.in_([number for _, number in portion])
    found = select(EventFacet.event_id).where(of_portion, *may, *conditions(filters))
    kept = frozenset(session.scalars(found))
    return [each for each in portion if each[1] in kept]
