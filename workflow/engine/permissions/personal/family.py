"""Who took part in what is above a case, under it or beside it, and by which act first.

An evaluator is independent who never decided, drafted or managed what is evaluated (United Nations
Evaluation Group, Norms and Standards for Evaluation, 2016, norm 4).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Subquery, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from workflow.audit.kinds import KINDS
from workflow.audit.models import Event
from workflow.engine.document_models import Document
from workflow.engine.engine import engine_of
from workflow.engine.models import CaseParty, LifecycleCase, Round, SignOff
from workflow.lifecycles.definition import Definition
from workflow.people.appointments import meets
from workflow.people.models import Appointment, Party
from workflow.phrase import Phrase, Term, phrase
from workflow.reading import asked_once
from workflow.vocabulary import EventType

FAMILY = "family"
_OFFICE = "office"
# What somebody does to a programme beside answers and forms: it is begun, files come in, its money is kept.
TAKES_PART = (
    EventType.CASE_OPENED,
    EventType.ATTACHMENT_FILED,
    EventType.MONEY_RECORDED,
    EventType.MONEY_CERTIFIED,
    EventType.MONEY_DECLINED,
    EventType.MONEY_EARMARKED,
    EventType.CONDITION_MET,
    EventType.PAYMENT_EXPECTED,
    EventType.PAYMENT_WITHDRAWN,
)
_CASE: BindParameter[int] = bindparam("case")
_ROOT: BindParameter[int] = bindparam("root")


class _Root(NamedTuple):
    """The case at the head of a family, and the day on which it was opened."""

    id: int
    since: date


def family_acts(
    session: Session, cases: Collection[int], today: date
) -> Mapping[int, Mapping[int, Phrase]]:
    """By case and person: a sentence on the first thing that somebody did in the family of the case.

    That is an answer, a text or a file, something done to its money, or an office of a party that takes
    part. What was done in the case itself is left out.
    """
    return {case_id: _acts(session, case_id, today) for case_id in cases}


@asked_once
def _acts(session: Session, case_id: int, today: date) -> Mapping[int, Phrase]:
    root = _root(session, case_id)
    found: dict[int, Phrase] = {}
    for row in _serving(session, root, today):
        found.setdefault(row.person_id, _served(row))
    done: dict[int, Phrase] = {}
    for row in session.execute(_done(), {"case": case_id, "root": root.id}):
        done.setdefault(row.person_id, _did(session, row))
    return {**found, **done}


def _root(session: Session, case_id: int) -> _Root:
    above = select(LifecycleCase.id, LifecycleCase.parent_id, LifecycleCase.opened_at).where(
        LifecycleCase.id == _CASE
    )
    line = above.cte("line", recursive=True)
    higher = select(LifecycleCase.id, LifecycleCase.parent_id, LifecycleCase.opened_at)
    line = line.union_all(higher.join(line, LifecycleCase.id == line.c.parent_id))
    first = select(line.c.id, line.c.opened_at).where(line.c.parent_id.is_(None))
    row = session.execute(first, {"case": case_id}).one()
    return _Root(row.id, row.opened_at.date())


def _family() -> Any:
    """The case at the head and every one under it, however far below."""
    whole = select(LifecycleCase.id).where(LifecycleCase.id == _ROOT).cte("whole", recursive=True)
    return whole.union_all(
        select(LifecycleCase.id).join(whole, LifecycleCase.parent_id == whole.c.id)
    )


def _done() -> Any:
    """The first answer, text and other act of every kind of everybody, answers and texts first, the earliest of each."""
    acts = _all_acts()
    first, place = func.min(acts.c.at).label("at"), func.min(acts.c.seq)
    return (
        select(
            *(acts.c.person_id, acts.c.how, acts.c.what, first),
            *(LifecycleCase.ref, LifecycleCase.definition_id),
        )
        .join(LifecycleCase, LifecycleCase.id == acts.c.case_id)
        .group_by(
            *(acts.c.person_id, acts.c.how, acts.c.what),
            *(LifecycleCase.ref, LifecycleCase.definition_id),
        )
        .order_by(acts.c.how == "did", first, LifecycleCase.ref, place)
    )


def _all_acts() -> Subquery:
    whole = _family()
    inside = SignOff.case_id.in_(select(whole.c.id)), SignOff.case_id != _CASE
    answers = select(
        SignOff.person_id, literal("signed").label("how"), SignOff.case_id,
        Round.key.label("what"), SignOff.at.label("at"), SignOff.event_seq.label("seq"),
    ).join(Round, Round.id == SignOff.round_id)  # fmt: skip
    through = (
        select(
            *(Appointment.person_id, literal("signed"), SignOff.case_id, Round.key, SignOff.at),
            SignOff.event_seq,
        )
        .join(Round, Round.id == SignOff.round_id)
        .join(Appointment, Appointment.id == SignOff.appointment_id)
        .where(SignOff.mandate_id.is_not(None), *inside)
    )
    texts = select(
        *(Document.person_id, literal("wrote"), Document.case_id, Document.kind),
        *(Document.filed_at, Document.event_seq),
    ).where(Document.case_id.in_(select(whole.c.id)), Document.case_id != _CASE)
    told = select(
        *(Event.person_id, literal("did"), Event.case_id, Event.type, Event.at, Event.seq)
    ).where(
        Event.case_id.in_(select(whole.c.id)),
        Event.case_id != _CASE,
        Event.type.in_([each.value for each in TAKES_PART]),
        Event.person_id.is_not(None),
    )
    own = answers.where(SignOff.person_id.is_not(None), *inside)
    return union_all(own, through, texts, told).subquery("acts")


def _serving(session: Session, root: _Root, today: date) -> Iterable[Any]:
    """Who holds or held an office of a party that takes part, since the case at the head was opened."""
    whole = _family()
    taking = select(CaseParty.party_id).where(CaseParty.case_id.in_(select(whole.c.id)))
    return session.execute(
        select(Appointment.person_id, Party.name)
        .join(Party, Party.id == Appointment.party_id)
        .where(Party.id.in_(taking), Party.kind != _OFFICE, meets(root.since, today))
        .order_by(Appointment.starts_on, Appointment.id),
        {"root": root.id},
    )


def _served(row: Any) -> Phrase:
    return phrase(
        "Whoever holds or held an office of %(party)s, which takes part in what this is about, is not "
        "independent of it; somebody else has to do this.",
        party=row.name,
    )


def _did(session: Session, row: Any) -> Phrase:
    definition = engine_of(session).definition(row.definition_id, session)
    if row.how == "did":
        return phrase(
            "The history of %(ref)s tells of you on %(day)s: “%(what)s”. Whoever took part in what this "
            "is about is not independent of it, so somebody else has to do this.",
            what=KINDS[row.what],
            ref=row.ref,
            day=row.at.date(),
        )
    called = Term(_label(definition, row))
    if row.how == "signed":
        return phrase(
            "You answered “%(what)s” of %(ref)s on %(day)s; whoever took part in what this is about "
            "is not independent of it, so somebody else has to do this.",
            what=called,
            ref=row.ref,
            day=row.at.date(),
        )
    return phrase(
        "You wrote “%(what)s” of %(ref)s on %(day)s; whoever took part in what this is about is not "
        "independent of it, so somebody else has to do this.",
        what=called,
        ref=row.ref,
        day=row.at.date(),
    )


def _label(definition: Definition, row: Any) -> str:
    known = definition.rounds if row.how == "signed" else definition.documents
    return known[row.what].label if row.what in known else row.what
