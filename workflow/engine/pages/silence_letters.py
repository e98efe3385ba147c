"""The papers of a silence: what one participant is sent when it opens, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workflow.audit.envelope import what_in
from workflow.audit.events.rounds import RoundDue
from workflow.audit.models import Event, Opening
from workflow.database import LARGEST
from workflow.engine import round_state
from workflow.engine.benches import asked
from workflow.engine.models import Round
from workflow.engine.pages import text
from workflow.engine.pages.answers import SeatAnswers, seated
from workflow.engine.pages.local_times import Clock, clocks
from workflow.engine.pages.text import DocumentText
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.round_state import RoundState
from workflow.errors import NotFound
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import Stance, Verdict
from workflow.lifecycles.seat import Part
from workflow.people.models import Person
from workflow.phrase import Phrase, Term, phrase, verbatim
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class PutOff:
    """One time that the end of the silence moved, and what was said about it."""

    at: datetime
    due: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Circular:
    """What all papers of one silence say; `number` tells each from every other."""

    number: str
    ref: str
    title: str
    lifecycle: str
    spec: RoundSpec
    turn: int
    status: str
    opened_at: datetime
    opened_by: str
    reason: str
    due_at: datetime | None
    first_due: datetime | None
    put_off: tuple[PutOff, ...]
    documents: tuple[DocumentText, ...]
    digest: str
    outcome: str
    effective_at: datetime | None
    settled_at: datetime | None
    why: Phrase
    changes: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of no objection as it goes to one party."""

    circular: Circular
    party: str
    party_key: str
    role: str
    seat: int
    addressees: tuple[str, ...]
    clocks: tuple[Clock, ...]
    breaking: tuple[Verdict, ...]
    harmless: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class OutcomeLetter:
    """What came of a silence: who objected, who spoke, and from whom no objection was received."""

    circular: Circular
    objected: tuple[SeatAnswers, ...]
    spoke: tuple[SeatAnswers, ...]
    silent: tuple[SeatAnswers, ...]
    stepped_back: tuple[SeatAnswers, ...]


def letter(viewer: CaseViewer, key: str, turn: int, party: str) -> Letter:
    """The letter of one participant; refuses a party that this silence does not ask."""
    spec, row, round_ = _silence(viewer, key, turn)
    seat = next((c for c in round_.seats if c.party_key == party), None)
    if seat is None:
        raise NotFound(phrase("This party is not among those under this silence."))
    candidates = viewer.candidates([seat.place])
    holders = candidates.holders.get(asked(seat), ())
    answers = [v for v in spec.rule.verdicts.values() if v.part is Part.DECIDES]
    circular = _circular(viewer, spec, row, round_, f"{row.id}/{seat.id}")
    return Letter(
        circular=circular,
        party=seat.party_name,
        party_key=party,
        role=seat.role,
        seat=seat.id,
        addressees=tuple(each.name for each in holders if each.mandate is None),
        clocks=clocks(viewer, spec, seat, circular.due_at),
        breaking=tuple(v for v in answers if v.stance is Stance.AGAINST),
        harmless=tuple(v for v in answers if v.stance is not Stance.AGAINST),
    )


def outcome(viewer: CaseViewer, key: str, turn: int) -> OutcomeLetter:
    """The letter about the end of a silence; refuses one that has not ended."""
    spec, row, round_ = _silence(viewer, key, turn)
    if row.status == "open":
        raise NotFound(phrase("This silence has not ended; there is no outcome to tell."))
    places = seated(viewer.session, viewer.definition, spec, round_, viewer.case.id)
    given = [p for p in places if p.given]
    return OutcomeLetter(
        circular=_circular(viewer, spec, row, round_, f"{row.id}"),
        objected=tuple(p for p in given if p.given and p.given.stance == Stance.AGAINST),
        spoke=tuple(p for p in given if p.given and p.given.stance != Stance.AGAINST),
        silent=tuple(p for p in places if not p.given and p.status != "recused"),
        stepped_back=tuple(p for p in places if p.status == "recused"),
    )


def _silence(viewer: CaseViewer, key: str, turn: int) -> tuple[RoundSpec, Round, RoundState]:
    viewer.sight.refuse_letters()
    spec = viewer.definition.rounds.get(key)
    named = (Round.case_id == viewer.case.id, Round.key == key, Round.turn == turn)
    row = (
        viewer.session.scalars(select(Round).where(*named)).one_or_none()
        if turn <= LARGEST
        else None
    )
    if spec is None or spec.rule.silence is None or row is None:
        case = Term(viewer.definition.subject)
        raise NotFound(phrase("There is no such silence in this %(case)s.", case=case))
    return spec, row, round_state.by_id(viewer.session, row.id)


def _circular(
    viewer: CaseViewer, spec: RoundSpec, row: Round, round_: RoundState, place: str
) -> Circular:
    opened, reason, moved = _told(viewer, spec.key, row.turn)
    reading = rules.read(spec.rule, round_.places(spec.rule), round_.answers())
    is_open = row.status == "open"
    return Circular(
        number=f"{viewer.case.ref}/{place}",
        ref=viewer.case.ref,
        title=viewer.case.title,
        lifecycle=viewer.definition.title,
        spec=spec,
        turn=row.turn,
        status=row.status,
        opened_at=row.opened_at,
        opened_by=_name(viewer, opened),
        reason=reason,
        due_at=row.due_at,
        first_due=moved[0].due if moved else row.due_at,
        put_off=tuple(moved[1:]),
        documents=text.under_decision(viewer, spec, row.content),
        digest=row.content_digest,
        outcome=row.outcome or "",
        effective_at=row.effective_at,
        settled_at=row.settled_at,
        why=reading.why if is_open else verbatim(row.explanation),
        changes=reading.changes if is_open else (),
    )


def _told(viewer: CaseViewer, key: str, turn: int) -> tuple[int | None, str, list[PutOff]]:
    """Who opened the round and why, and every end that it was given since."""
    kinds = (EventType.ROUND_OPENED, EventType.ROUND_EXTENDED, EventType.ROUND_RESUMED)
    rows = viewer.session.execute(
        select(Event.person_id, Event.at, Event.body, Opening.value)
        .outerjoin(Opening, (Opening.event_id == Event.id) & (Opening.field == "reason"))
        .where(Event.case_id == viewer.case.id, Event.type.in_([kind.value for kind in kinds]))
        .order_by(Event.seq)
    )
    by, why = None, ""
    found: list[PutOff] = []
    for person, at, body, reason in rows:
        what = what_in(body, RoundDue)
        if what.place != (key, turn):
            continue
        if not found:
            by, why = person, reason or ""
        found.append(PutOff(at, what.due, reason or ""))
    return by, why, found


def _name(viewer: CaseViewer, person: int | None) -> str:
    named = select(Person.name).where(Person.id == person)
    return (viewer.session.scalar(named) or "") if person else ""
