"""Samples: some events of a population, chosen by a seed so that anybody can choose them again.

An event's draw is SHA-256 over the seed in UTF-8, a zero byte and the event's hash. The sample is
the events with the smallest draws. Nothing else enters: neither order, nor ids, nor the database.
"""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.oversight.events.filters import EventFilters, allowed, conditions
from workflow.oversight.events.page import EventLine, of_ids
from workflow.oversight.models import EventFacet

LARGEST = 500


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn from which population; `fingerprint` names the population itself.

    It is SHA-256 over the hashes of all its events, sorted.
    """

    seed: str
    wanted: int
    population: int
    fingerprint: str
    lines: tuple[EventLine, ...]
    filters: EventFilters


def draw(seed: str, event_hash: bytes) -> bytes:
    """Where an event stands in the order that a seed puts all events into."""
    return hashlib.sha256(seed.encode() + b"\x00" + event_hash).digest()


def drawn(seed: str, hashes: Iterable[bytes], wanted: int) -> list[bytes]:
    """The events with the smallest draws, in the order of their draws."""
    return heapq.nsmallest(wanted, hashes, key=lambda each: draw(seed, each))


def sample(
    session: Session,
    engine: Engine,
    person: int,
    filters: EventFilters,
    *,
    seed: str,
    wanted: int,
    now: datetime,
) -> Sample:
    """Some events of those that the person may know of and the filters leave."""
    rows = session.execute(
        select(Event.hash, Event.id)
        .join(EventFacet, EventFacet.event_id == Event.id)
        .where(*allowed(session, person, now), *conditions(filters))
    )
    ids = {row.hash: row.id for row in rows}
    chosen = [ids[each] for each in drawn(seed, ids, min(wanted, LARGEST))]
    lines = of_ids(session, engine, chosen)
    return Sample(
        seed=seed,
        wanted=wanted,
        population=len(ids),
        fingerprint=hashlib.sha256(b"".join(sorted(ids))).hexdigest(),
        lines=tuple(lines[each] for each in chosen),
        filters=filters,
    )
