"""Who may know of a case and who takes part in it, as conditions: of one case, or of many in a list.

What was not sent yet, or never was, is known to the party that proposed it, to whoever was asked a
seat of it, to those who act for one of these, and to auditors; what was sent is known to everybody.
What may be read of it is said by `disclosure`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Label,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.declared_models import DecidedState, PrivateState
from workflow.engine.domain import domain_of
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.engine.permissions.disclosure import Standing
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import (
    Day,
    Someone,
    parts,
    parts_through,
    reach,
    reached_once,
    reaches_case,
    reaches_seat,
    takes_part,
    taking_part,
)
from workflow.errors import NotFound
from workflow.people.appointments import APART, AUDITOR, in_force, is_auditor
from workflow.people.models import Appointment
from workflow.phrase import Term, phrase
from workflow.reading import asked_once
from workflow.vocabulary import PROPOSER, Stage


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its row tells it, read without a lock, and who looks at it."""

    id: int
    ref: str
    title: str
    definition_id: int
    state: str
    stage: str
    version: int
    entered_at: datetime
    opened_at: datetime
    audits: bool
    takes_part: bool
    decided: bool
    parts: str
    footing: str
    subject: str
    has_children: bool

    @property
    def standing(self) -> Standing:
        """Who looks at it."""
        return Standing(self.audits, self.takes_part, self.decided, self.parts)


def visible_case(session: Session, ref: str, person: int, now: datetime) -> CaseRow:
    """The case called `ref`; refuses one that does not exist or that the person may not know of."""
    found = _known(session, ref, person, now.date()) if ref.isprintable() else None
    if found is None:
        case = Term(domain_of(session).subject)
        raise NotFound(phrase("There is no %(case)s called %(name)s.", case=case, name=ref))
    return found


@asked_once
def standing_in(session: Session, case_id: int, person: int, today: date) -> Standing:
    """Who the person is to a case that they may know of."""
    asked = {"case_id": case_id, "person": person, "today": today}
    return Standing(*session.connection().execute(_OF_CASE, asked).one())


@asked_once
def _known(session: Session, ref: str, person: int, today: date) -> CaseRow | None:
    asked = {"ref": ref, "person": person, "today": today}
    row = session.connection().execute(_KNOWN, asked).mappings().first()
    return None if row is None else CaseRow(**row)


# Composing it takes longer than asking; of so many people it is kept, and a list asks it several times.
KEPT = 32


@lru_cache(KEPT)
def known_to(person: Someone, today: Day) -> ColumnElement[bool]:
    """The condition that a person may know of a case."""
    reached = reach(person, today)
    by_proposing = _proposed_by(reached.subquery("for_proposer"))
    by_being_asked = _asked(reached.subquery("for_asked"))
    return or_(known_to_all(), by_proposing, by_being_asked, audited(person, today))


@lru_cache(KEPT)
def known_among_many(person: Someone, today: Day) -> ColumnElement[bool]:
    """The same condition, for a list: how far the person reaches is found once and not for each case."""
    return _known_by(reached_once(person, today), person, today)


def _known_by(once: FromClause, person: Someone, today: Day) -> ColumnElement[bool]:
    return or_(known_to_all(), _proposed_by(once), _asked(once), audited(person, today))


def knows_of(case_id: SQLColumnExpression[int], person: int, today: date) -> ColumnElement[bool]:
    """The condition that a person may know of the case whose number stands in a column of another table.

    Whoever reads cases themselves asks `known_to`: here the table of cases stands inside once more.
    """
    return exists().where(LifecycleCase.id == case_id, known_to(person, today))


def known_to_all() -> ColumnElement[bool]:
    """The condition that everybody may know of a case, whoever they are."""
    return ~unsent()


def unsent() -> ColumnElement[bool]:
    """The condition that a case was not sent to anybody: it is private, or ended without leaving that."""
    inner = aliased(PrivateState)
    sent_from = exists().where(
        Round.case_id == LifecycleCase.id,
        ~exists()
        .where(inner.definition_id == LifecycleCase.definition_id, inner.state == Round.state)
        .correlate_except(inner),
    )
    private = exists().where(
        PrivateState.definition_id == LifecycleCase.definition_id,
        PrivateState.state == LifecycleCase.state,
    )
    ever_asked = exists().where(Round.case_id == LifecycleCase.id)
    return or_(private, and_(LifecycleCase.stage == Stage.END.value, ever_asked, ~sent_from))


def decided() -> ColumnElement[bool]:
    """The condition that a case stands in a state in which it has been decided on, or ever did."""
    here = exists().where(
        DecidedState.definition_id == LifecycleCase.definition_id,
        DecidedState.state == LifecycleCase.state,
    )
    once = exists().where(
        Round.case_id == LifecycleCase.id,
        DecidedState.definition_id == LifecycleCase.definition_id,
        DecidedState.state == Round.state,
    )
    return or_(here, once)


def audited(person: Someone, today: Day) -> ColumnElement[bool]:
    """The condition that a person holds an office of an auditor."""
    return exists().where(
        Appointment.person_id == person, Appointment.role == AUDITOR, in_force(today)
    )


def standing(
    person: Someone, today: Day
) -> tuple[Label[bool], Label[bool], Label[bool], Label[str]]:
    """What makes a `Standing`, as columns beside a case."""
    return (
        audited(person, today).label("audits"),
        takes_part(person, today).label("takes_part"),
        decided().label("decided"),
        parts(person, today).label("parts"),
    )


def known_by_part(office: FromClause, part: FromClause) -> ColumnElement[bool]:
    """That an office lets its holder know of a case unsent by a row that repeats a part in it.

    The rule of `known_to`, for a list that keeps these rows: party, role of the seat that was asked
    or none for who proposed, bench of that seat or 0, and case.
    """
    ref = select(LifecycleCase.ref).where(LifecycleCase.id == part.c.case_id).scalar_subquery()
    on_bench = or_(office.c.bench.is_(None), part.c.bench_id.in_((0, office.c.bench)))
    return and_(
        part.c.party_id == office.c.party_id,
        or_(
            and_(part.c.role == "", *_proposing(office)),
            and_(part.c.role == office.c.role, on_bench),
        ),
        reaches_case(office.c.scope, ref),
    )


def _proposing(office: FromClause) -> tuple[ColumnElement[bool], ...]:
    """That whoever holds an office of the party that proposed a case knows of it."""
    return office.c.bench.is_(None), office.c.role.not_in(APART)


def _proposed_by(office: FromClause) -> ColumnElement[bool]:
    """That an office in somebody's reach is of the party that proposed the case."""
    return exists().where(
        CaseParty.case_id == LifecycleCase.id,
        CaseParty.capacity == PROPOSER,
        CaseParty.party_id == office.c.party_id,
        *_proposing(office),
        reaches_case(office.c.scope),
    )


def _asked(office: FromClause) -> ColumnElement[bool]:
    """That an office in somebody's reach was asked a seat of the case."""
    return exists().where(
        Seat.case_id == LifecycleCase.id,
        Seat.role == office.c.role,
        Seat.party_id == office.c.party_id,
        reaches_seat(office.c.role, office.c.bench),
        reaches_case(office.c.scope),
    )


_PERSON = bindparam("person", type_=Integer)
_TODAY = bindparam("today", type_=Date)
# Of one case as of a list: it is found once how far the person reaches, and the statement says it once.
_REACHED = reached_once(_PERSON, _TODAY)
_STANDING = (
    audited(_PERSON, _TODAY).label("audits"),
    taking_part(_REACHED, _REACHED, _REACHED).label("takes_part"),
    decided().label("decided"),
    parts_through(_REACHED).label("parts"),
)
_OF_CASE = select(*_STANDING).where(LifecycleCase.id == bindparam("case_id"))
_KNOWN = select(
    LifecycleCase.id,
    LifecycleCase.ref,
    LifecycleCase.title,
    LifecycleCase.definition_id,
    LifecycleCase.state,
    LifecycleCase.stage,
    LifecycleCase.version,
    LifecycleCase.entered_at,
    LifecycleCase.opened_at,
    LifecycleCase.footing,
    LifecycleCase.subject,
    exists().where(ChildCase.parent_id == LifecycleCase.id).label("has_children"),
    *_STANDING,
).where(
    LifecycleCase.ref == bindparam("ref"),
    LifecycleCase.definition_id.is_not(None),
    _known_by(_REACHED, _PERSON, _TODAY),
)


def audits(session: Session, person: int, today: date) -> bool:
    """Whether the person holds an office of an auditor today."""
    return is_auditor(office.role for office in offices(session, person, today))
