"""What waits for the people of the demo, all of them at once, for whoever looks for somebody to be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.engine.round_state import PAUSED_BY_STATE
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.vocabulary import SYSTEM

MOST = 1000
HOUSE = "office:"
Parts = Mapping[tuple[int, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for an office: answers to give, papers to write, and when the first of them is due."""

    answers: int = 0
    papers: int = 0
    late: int = 0
    due: datetime | None = None

    def __add__(self, other: "Load") -> "Load":
        dues = [each for each in (self.due, other.due) if each is not None]
        return Load(
            self.answers + other.answers,
            self.papers + other.papers,
            self.late + other.late,
            min(dues, default=None),
        )


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """A document that a round asks for: whether it is there, and which offices may write it."""

    filed: bool
    writers: frozenset[OfficeKey]


@dataclass(frozen=True, slots=True)
class StoryStart:
    """A programme in which a story of the demo can begin."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Openings:
    """Where the stories can begin now: a proposal to screen, one that came back, and one once returned."""

    to_screen: StoryStart | None = None
    came_back: StoryStart | None = None
    returned: StoryStart | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What the offices of the demo are asked: the load of each, and where the stories can begin."""

    loads: Mapping[OfficeKey, Load] = field(default_factory=dict)
    openings: Openings = Openings()


def demand(session: Session, engine: Engine, submitter: int, now: datetime) -> Demand:
    """What waits for every office; `submitter` is the party whose returned proposal a story is about.

    Whoever waits for a paper that another office has to write first is asked nothing yet.
    """
    seats = _open_seats(session)
    papers = _papers(session, engine, seats)
    loads: dict[OfficeKey, Load] = {}
    for seat in seats:
        office, late = (
            OfficeKey(seat.role, seat.party_id, seat.bench_id),
            bool(seat.due_at and seat.due_at < now),
        )
        needed = papers[seat.case_id, seat.round_key]
        one = Load(late=int(late), due=seat.due_at)
        if any(office in paper.writers for paper in needed):
            loads[office] = loads.get(office, Load()) + replace(one, papers=1)
        elif all(paper.filed for paper in needed):
            loads[office] = loads.get(office, Load()) + replace(one, answers=1)
        for writer in {each for paper in needed if not paper.filed for each in paper.writers}:
            loads.setdefault(writer, Load(papers=1, due=seat.due_at))
    return Demand(loads, _openings(session, seats, submitter))


def _open_seats(session: Session) -> Sequence[Any]:
    """The open seats whose clock runs, due first."""
    return session.execute(
        select(
            Seat.role, Seat.party_id, Seat.bench_id, Seat.due_at, Seat.round_key, Seat.case_id,
            LifecycleCase.definition_id, LifecycleCase.state, LifecycleCase.ref, LifecycleCase.title,
        )
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .where(Seat.status == "open", Seat.role != SYSTEM, Round.paused_for != PAUSED_BY_STATE)
        .order_by(Seat.due_at.is_(None), Seat.due_at, Seat.id)
        .limit(MOST)
    ).all()  # fmt: skip


def _papers(
    session: Session, engine: Engine, seats: Sequence[Any]
) -> Mapping[tuple[int, str], list[NeededPaper]]:
    """The papers that have to be there before a round can be answered as it is meant to be."""
    cases = {seat.case_id for seat in seats}
    kinds_filed = select(Document.case_id, Document.kind).where(Document.case_id.in_(cases))
    filed = {(case, kind) for case, kind in session.execute(kinds_filed.distinct())}
    parts = _parts(session, cases)
    found: dict[tuple[int, str], list[NeededPaper]] = {}
    for seat in seats:
        definition = engine.definition(seat.definition_id, session)
        verdicts = definition.rounds[seat.round_key].rule.verdicts.values()
        found[seat.case_id, seat.round_key] = [
            NeededPaper(
                (seat.case_id, key) in filed, _writers(definition.documents[key], seat, parts)
            )
            for key in {need for verdict in verdicts for need in verdict.needs}
            if definition.documents[key].sections
        ]
    return found


def _writers(kind: DocumentKind, seat: Any, parts: Parts) -> frozenset[OfficeKey]:
    """The offices that may write this paper as the case stands now."""
    if seat.state not in kind.written_in:
        return frozenset()
    return frozenset(
        OfficeKey(spec.role, party)
        for spec in kind.written_by
        for party in parts.get((0 if spec.of.startswith(HOUSE) else seat.case_id, spec.of), ())
    )


def _parts(session: Session, cases: Collection[int]) -> Parts:
    """Whom a lifecycle means: the parties of each case by capacity, and the offices of the house."""
    found: dict[tuple[int, str], list[int]] = {}
    named = select(CaseParty.case_id, CaseParty.capacity, CaseParty.party_id).where(
        CaseParty.case_id.in_(cases)
    )
    for case_id, capacity, party in session.execute(named):
        found.setdefault((case_id, capacity), []).append(party)
    house = select(Party.key, Party.id).where(Party.kind == "office")
    for key, party in session.execute(house):
        found[0, f"{HOUSE}{key}"] = [party]
    return found


def _openings(session: Session, seats: Sequence[Any], submitter: int) -> Openings:
    def first(key: str, party: int | None) -> StoryStart | None:
        fitting = (
            seat for seat in seats if seat.round_key == key and party in {None, seat.party_id}
        )
        seat = next(fitting, None)
        return StoryStart(seat.ref, seat.title) if seat else None

    last = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title)
        .join(Round, Round.case_id == LifecycleCase.id)
        .where(Round.key == "screening", Round.outcome == "return")
        .order_by(Round.settled_at.desc(), Round.id.desc())
        .limit(1)
    ).first()
    return Openings(
        first("screening", None),
        first("resubmission", submitter),
        StoryStart(*last) if last else None,
    )
