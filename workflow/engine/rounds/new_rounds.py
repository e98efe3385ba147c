"""How rounds open: whom they ask and over which text, read once for all that open together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, false, func, insert, literal, or_, select, union_all

from workflow.audit.events.rounds import AskedSeat, RoundOpened
from workflow.database import Base
from workflow.engine import notifications
from workflow.engine.documents import bound_content
from workflow.engine.documents.conditions import seats_asked
from workflow.engine.domain import Bench, Found, domain_of
from workflow.engine.models import CaseParty, Round, Seat
from workflow.engine.permissions import participants
from workflow.engine.permissions.personal.invited import composing
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import due_time, reminders, time_acts
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.people.models import Party
from workflow.phrase import together
from workflow.reading import unwritten
from workflow.transactions.rows import PreparedRows
from workflow.transactions.statements import Asked, PreparedStatement
from workflow.vocabulary import Footing

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]
_BEFORE = (
    select(func.coalesce(func.max(_ROUNDS.c.turn), 0) + 1)
    .where(_ROUNDS.c.case_id == bindparam("of_case"), _ROUNDS.c.key == bindparam("of_key"))
    .scalar_subquery()
)
_OPEN = PreparedStatement(
    insert(_ROUNDS).values(turn=_BEFORE).returning(_ROUNDS.c.id, _ROUNDS.c.turn),
    (
        *("case_id", "key", "state", "status", "opened_at", "due_at", "acts_at"),
        *("content_digest", "content", "explanation"),
    ),
)
_FROZEN = PreparedRows(
    _SEATS,
    (
        *("round_id", "case_id", "role", "party_id", "round_key", "part", "category", "because"),
        *("status", "opened_at", "due_at", "bench_id"),
    ),
    back=("id", "role", "party_id", "category"),
)
_OPENED = (
    *("key", "state", "status", "opened_at", "due_at", "acts_at", "content_digest", "content"),
    "explanation",
)
_OFFICE = "office:"
# Lists of offices that are named together; a lifecycle has few.
_KNOWN = 256


def open_round(work: UnitOfWork, spec: RoundSpec, *, reason: str = "") -> RoundState:
    """Open `spec` on the case with its seats frozen and its content bound; returns how it sits."""
    (round_,) = open_rounds(work, [spec], reason=reason)
    return round_


def open_rounds(
    work: UnitOfWork, specs: Sequence[RoundSpec], *, reason: str = ""
) -> tuple[RoundState, ...]:
    """Open each of `specs` in turn; what they ask and bind is read once for all of them."""
    known = _known(work, specs)
    return tuple(_open(work, spec, known, reason) for spec in specs)


@dataclass(frozen=True, slots=True)
class KnownCase:
    """Who takes part in a case, which offices its rounds name, and what is filed on it.

    `parties` holds every party of these by its id.
    """

    work: UnitOfWork
    taking: Mapping[str, Found]
    offices: Mapping[str, int]
    parties: Mapping[int, Any]
    filed: bound_content.Filed

    def find(self, of: str) -> Found:
        """The parties that `of` names, each with the reason it is asked."""
        if of.startswith(_OFFICE):
            office = self.offices.get(of.removeprefix(_OFFICE))
            return [] if office is None else [(office, "")]
        if participants.is_capacity(domain_of(self.work.transaction), of):
            return self.taking.get(of, [])
        day = self.work.now.date()
        return participants.parties(self.work.session, self.work.case.id, of, day)

    def sits(self, of: str) -> Bench | None:
        """On which bench the parties sit that `of` names, if on one."""
        if of.partition(":")[0] not in domain_of(self.work.transaction).benches:
            return None
        day = self.work.now.date()
        return participants.bench_of(self.work.session, self.work.case.id, of, day)

    def sorts(self, of: str) -> Mapping[int, str]:
        """The categories that their bench gives those whom `of` names, by party."""
        day = self.work.now.date()
        return participants.categories_of(self.work.session, self.work.case.id, of, day)


def _known(work: UnitOfWork, specs: Sequence[RoundSpec]) -> KnownCase:
    """What is known of the case, asked at once as far as these rounds want it."""
    asked = {seat.of for spec in specs for seat in spec.rule.seats}
    domain, case = domain_of(work.transaction), {"case_id": work.case.id}
    offices = tuple(sorted(of.removeprefix(_OFFICE) for of in asked if of.startswith(_OFFICE)))
    names = bool(offices) or any(participants.is_capacity(domain, of) for of in asked)
    binds = any(spec.text for spec in specs)
    wanted: list[Asked] = [(_parties(offices), case)] if names else []
    found = work.transaction.read(*wanted, *([(bound_content.FILED, case)] if binds else []))
    parties = found[0] if names else []
    taking: dict[str, Found] = {}
    for row in parties:
        taking.setdefault(row.capacity, []).append((row.id, participants.because_of(row.capacity)))
    return KnownCase(
        work,
        taking,
        offices={row.key: row.id for row in parties if row.key in offices},
        parties={row.id: row for row in parties},
        filed=bound_content.filed(found[-1]) if binds else bound_content.NOTHING,
    )


@lru_cache(_KNOWN)
def _parties(offices: tuple[str, ...]) -> PreparedStatement:
    """What finds who takes part in a case, by capacity and then by name, and these offices."""
    party = Party.id, Party.key, Party.name, Party.kind
    found = union_all(
        select(CaseParty.capacity, *party)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == bindparam("case_id")),
        select(literal("").label("capacity"), *party).where(
            or_(false(), *(Party.key == office for office in offices))
        ),
    )
    return PreparedStatement(found.order_by("capacity", "name"))


def _refuse_lacking(work: UnitOfWork, seats: Sequence[SeatSpec]) -> None:
    """Refuse to ask those who cannot decide today, so that no round waits for them or too few decide."""
    lacking, day = domain_of(work.transaction).lacking, work.now.date()
    for seat in seats:
        head, _, rest = seat.of.partition(":")
        if head not in lacking or seat.part is Part.CONSULTED:
            continue
        why = lacking[head](work.session, work.case.id, rest, day)
        if why is not None:
            raise RoundClosed(together([why]))


def _open(work: UnitOfWork, spec: RoundSpec, known: KnownCase, reason: str) -> RoundState:
    with unwritten(work.session):
        seats = seats_asked(work.session, work.case.id, spec.rule)
        _refuse_lacking(work, seats)
        invited = composing(work.session, work.case.id, spec)
        seats_for, incidents = participants.resolve_participants(spec, seats, known, invited)
    round_ = _begun(work, _asked(work, spec, known, seats_for, incidents))
    round_ = round_._replace(seats=_seated(work, round_, seats_for, known))
    benches = {each.bench.id: each.bench.key for each in seats_for if each.bench}
    written = work.note(
        RoundOpened(
            round=spec.key,
            turn=round_.turn,
            state=round_.state,
            due=round_.due_at,
            content=round_.content_digest,
            seats=tuple(_named(seat, benches) for seat in round_.seats),
            incidents=tuple(incidents),
            version=work.next_version(),
            footing=None if spec.footing is Footing.MANAGED else spec.footing.value,
            reason=reason,
        ),
    )
    reminders.plan(work, spec, round_.id, round_.due_at)
    notifications.seats_opened(work, spec, round_.id, written)
    return round_


def _asked(
    work: UnitOfWork,
    spec: RoundSpec,
    known: KnownCase,
    seats_for: Sequence[participants.Participant],
    incidents: Sequence[str],
) -> RoundState:
    """The round as it is about to begin, before it has its number and its seats."""
    content, digest = known.filed.of(spec.text)
    due_at = due_time.end_of(work, spec, {each.party_id for each in seats_for})
    told = [at for _, at in reminders.planned(spec, due_at, work.now)]
    again = time_acts.asks_again(spec, due_at, work.now)
    return RoundState(
        id=0,
        key=spec.key,
        turn=0,
        status="open",
        state=work.case.state,
        opened_at=work.now,
        due_at=due_at,
        acts_at=time_acts.acts_at(spec, due_at, (*told, again)),
        content=content,
        content_digest=digest,
        explanation=" ".join(incidents),
        seats=(),
    )


def _begun(work: UnitOfWork, round_: RoundState) -> RoundState:
    """The round once it is written, with the number that it got."""
    case_id = work.case.id
    values = {name: getattr(round_, name) for name in _OPENED}
    ((opened,),) = work.transaction.read(
        (_OPEN, {**values, "case_id": case_id, "of_case": case_id, "of_key": round_.key})
    )
    return round_._replace(id=opened.id, turn=opened.turn)


def _named(seat: SeatState, benches: Mapping[int, str]) -> AskedSeat:
    """A seat with its part and its bench, as the opening of its round names it."""
    return AskedSeat(
        role=seat.role,
        party=seat.party_key,
        part=seat.part.value,
        category=seat.category,
        body=benches.get(seat.bench or 0),
    )


def _seated(
    work: UnitOfWork,
    round_: RoundState,
    seats_for: Sequence[participants.Participant],
    known: KnownCase,
) -> tuple[SeatState, ...]:
    """Freeze the seats of a round that opens; answers with how they sit."""
    unique = {(p.spec.role, p.party_id, p.category): p for p in seats_for}
    rows = [
        {
            "round_id": round_.id,
            "case_id": work.case.id,
            "role": p.spec.role,
            "party_id": p.party_id,
            "round_key": round_.key,
            "part": p.spec.part.value,
            "category": p.category,
            "because": p.because,
            "status": "open",
            "opened_at": round_.opened_at,
            "due_at": round_.due_at,
            "bench_id": p.bench.id if p.bench else None,
        }
        for p in unique.values()
    ]
    frozen = work.transaction.read(*_FROZEN.of(rows))
    ids = {(row.role, row.party_id, row.category): row.id for rows in frozen for row in rows}
    parties = _called(work, known, {p.party_id for p in seats_for})
    seats = (_fresh(ids[key], p, parties[p.party_id], round_) for key, p in unique.items())
    return tuple(sorted(seats, key=lambda seat: seat.id))


def _called(work: UnitOfWork, known: KnownCase, wanted: set[int]) -> Mapping[int, Any]:
    """These parties by their ids; those are read that were found in some other way."""
    missing = wanted - known.parties.keys()
    found = participants.called(work.session, missing) if missing else {}
    return {**known.parties, **found}


def _fresh(seat: int, asked: participants.Participant, party: Any, round_: RoundState) -> SeatState:
    """A seat that was asked just now."""
    return SeatState(
        id=seat,
        role=asked.spec.role,
        party_id=party.id,
        party_key=party.key,
        party_name=party.name,
        part=asked.spec.part,
        category=asked.category,
        because=asked.because,
        office=party.kind == "office",
        due_at=round_.due_at,
        bench=asked.bench.id if asked.bench else None,
    )
