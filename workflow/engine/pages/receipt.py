"""The page of a receipt: what somebody did on a case, under which event, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select

from workflow.audit.envelope import read_event, what_in
from workflow.audit.events.about import principal_in
from workflow.audit.events.cases import ChildOpened, as_called_now
from workflow.audit.events.rounds import (
    OfRound,
    RoundDue,
    RoundExtended,
    RoundResumed,
    RoundSettled,
)
from workflow.audit.events.seats import Answered, SignoffLate
from workflow.audit.models import Event, Opening
from workflow.database import LARGEST
from workflow.engine import round_state
from workflow.engine.models import LifecycleCase, Round, SignOff
from workflow.engine.pages.preview import NextStep, onward
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import CaseRow, known_to
from workflow.errors import NotFound
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.people.appointments import is_auditor
from workflow.people.models import Party, Person
from workflow.phrase import Phrase, phrase, verbatim
from workflow.vocabulary import EventType

ANSWERS = (
    EventType.SIGNOFF_GIVEN,
    EventType.SIGNOFF_CHANGED,
    EventType.SIGNOFF_LATE,
    EventType.SEAT_RECUSED,
)
ACTS = (
    *ANSWERS,
    EventType.ROUND_OPENED,
    EventType.ROUND_EXTENDED,
    EventType.ROUND_RESUMED,
)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that an act opened under its own, of which the reader may know."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What was recorded, as whom and over which text, and how the round stands because of it.

    `verdict` and `meaning` are empty unless a sign-off was given; `standing` says that it still
    counts; an end that was put off moved from `before` to `due`. `language` is that of the page on which
    an answer was given, where it was given on one. `principal` is for whom it was done under a mandate. `settled` says that this very act settled the round.
    """

    case: CaseRow
    state: str
    seq: int
    hash: str
    act: str
    at: datetime
    person: str
    principal: str
    role: str
    party: str
    round_key: str
    round_label: str
    turn: int
    verdict: str
    meaning: str
    reason: str
    standing: bool
    digest: str
    settled: bool
    status: str
    onward: NextStep
    why: Phrase
    changes: tuple[Phrase, ...]
    before: datetime | None = None
    due: datetime | None = None
    language: str = ""
    opened: tuple[OpenedCase, ...] = ()


def receipt_page(viewer: CaseViewer, seq: int) -> ReceiptPage:
    """The receipt of one act; refuses everybody but its actor and auditors."""
    event, name = _event(viewer, seq)
    told = read_event(event.body)
    what = _as_called_now(viewer, what_in(event.body, OfRound), seq)
    spec = viewer.definition.rounds[what.round]
    answer = _answer(viewer, seq)
    late = isinstance(what, SignoffLate)
    said = what.verdict if isinstance(what, SignoffLate) else answer.verdict if answer else None
    verdict = spec.rule.verdicts[said] if said else None
    row, reading = _round(viewer, spec, what.turn)
    return ReceiptPage(
        case=viewer.case,
        state=viewer.definition.states[viewer.case.state].label,
        seq=seq,
        hash=event.hash.hex(),
        act=event.type,
        at=event.at,
        person=name,
        principal=_principal(viewer, principal_in(what)),
        role=told.role,
        party=_party(viewer, told.party),
        round_key=spec.key,
        round_label=spec.label,
        turn=what.turn,
        verdict=verdict.label if verdict else "",
        meaning=verdict.meaning if verdict else "",
        reason=_reason(viewer, event.id),
        standing=answer.standing if answer else not late,
        digest=answer.content_digest if answer else row.content_digest,
        settled=_settled_by(viewer, seq, what),
        status=row.status,
        onward=onward(viewer.definition, spec, row.outcome),
        why=reading.why if row.status == "open" else verbatim(row.explanation),
        changes=reading.changes if row.status == "open" else (),
        before=what.before if isinstance(what, RoundExtended | RoundResumed) else None,
        due=what.due if isinstance(what, RoundDue | SignoffLate) else None,
        language=what.language if isinstance(what, Answered | SignoffLate) else "",
        opened=_opened_by(viewer, event),
    )


def _event(viewer: CaseViewer, seq: int) -> tuple[Event, str]:
    told = (
        select(Event, Person.name)
        .join(Person, Person.id == Event.person_id)
        .where(Event.case_id == viewer.case.id, Event.seq == seq)
        .where(Event.type.in_([act.value for act in ACTS]))
    )
    found = viewer.session.execute(told).first() if seq <= LARGEST else None
    if found is None or (
        found[0].person_id != viewer.person
        and not is_auditor(office.role for office in viewer.offices)
    ):
        raise NotFound(phrase("There is no such receipt, or it is not yours to see."))
    return found[0], found[1]


def _as_called_now(viewer: CaseViewer, what: OfRound, seq: int) -> OfRound:
    """What the event says, of its round as it is called since the case was moved to another version."""
    moved = select(Event.seq, Event.body).where(
        Event.case_id == viewer.case.id,
        Event.seq > seq,
        Event.type == EventType.CASE_MIGRATED.value,
    )
    rows = viewer.session.execute(moved.order_by(Event.seq))
    (_, called), *_ = as_called_now(
        [(seq, what), *((row.seq, read_event(row.body).what) for row in rows)]
    )
    return called if isinstance(called, OfRound) else what


def _answer(viewer: CaseViewer, seq: int) -> SignOff | None:
    answers = select(SignOff).where(SignOff.case_id == viewer.case.id, SignOff.event_seq == seq)
    return viewer.session.scalars(answers).one_or_none()


def _round(viewer: CaseViewer, spec: RoundSpec, turn: int) -> tuple[Round, rules.Reading]:
    row = viewer.session.scalars(
        select(Round).where(
            Round.case_id == viewer.case.id, Round.key == spec.key, Round.turn == turn
        )
    ).one()
    round_ = round_state.by_id(viewer.session, row.id)
    return row, rules.read(spec.rule, round_.places(spec.rule), round_.answers())


def _party(viewer: CaseViewer, key: str) -> str:
    return viewer.session.scalar(select(Party.name).where(Party.key == key)) or ""


def _principal(viewer: CaseViewer, person: int | None) -> str:
    """Who was answered for under a mandate."""
    if person is None:
        return ""
    return viewer.session.scalar(select(Person.name).where(Person.id == person)) or ""


def _reason(viewer: CaseViewer, event_id: int) -> str:
    opened = select(Opening.value).where(Opening.event_id == event_id, Opening.field == "reason")
    return viewer.session.scalar(opened) or ""


def _settled_by(viewer: CaseViewer, seq: int, what: OfRound) -> bool:
    """Whether the very next fact is that this round was settled: both are written in one act."""
    after = viewer.session.scalar(
        select(Event.body).where(
            Event.case_id == viewer.case.id,
            Event.seq == seq + 1,
            Event.type == EventType.ROUND_SETTLED.value,
        )
    )
    return after is not None and what_in(after, RoundSettled).place == what.place


def _opened_by(viewer: CaseViewer, event: Event) -> tuple[OpenedCase, ...]:
    """The cases whose opening was told in the same act, before its actor did another."""
    if not viewer.definition.children:
        return ()
    after = select(Event.type, Event.body).where(
        Event.case_id == viewer.case.id,
        Event.seq > event.seq,
        Event.at == event.at,
        Event.person_id == event.person_id,
    )
    rows = viewer.session.execute(after.order_by(Event.seq)).all()
    told = (
        what_in(row.body, ChildOpened)
        for row in takewhile(lambda row: row.type not in ANSWERS, rows)
        if row.type == EventType.CHILD_OPENED.value
    )
    refs = [each.ref for each in told]
    known = (
        select(LifecycleCase.ref, LifecycleCase.title)
        .where(LifecycleCase.ref.in_(refs), known_to(viewer.person, viewer.now.date()))
        .order_by(LifecycleCase.id)
    )
    return tuple(OpenedCase(*row) for row in viewer.session.execute(known)) if refs else ()
