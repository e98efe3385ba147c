"""What speaks against a record coming under a programme, and who may say so."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import known_to_all
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import HOUSE, OFFICERS, EventType, Footing

PROGRAMME = "programme"


def decides(session: Session, person: int, today: date) -> bool:
    """Whether the person is an officer or the head of the house."""
    held = {each.party_id for each in offices(session, person, today) if each.role in OFFICERS}
    house = select(Party.id).where(Party.key == HOUSE, Party.id.in_(held))
    return bool(held) and session.scalar(house) is not None


def proposer(session: Session, case_id: int) -> int | None:
    """Who proposed last that a record come under a programme."""
    asked = select(Event.person_id).where(
        Event.case_id == case_id, Event.type == EventType.RECORD_MERGER_PROPOSED.value
    )
    return session.scalars(asked.order_by(Event.seq.desc()).limit(1)).first()


def misfit(session: Session, case_id: int, ref: str) -> Phrase | None:
    """Why the record of this case cannot stand under the one called `ref`, if anything speaks against it.

    The record's trail calls it, so everybody may know of it: a draft is told as none that there is.
    """
    found = session.execute(
        select(LifecycleCase.id, LifecycleCase.footing, LifecycleCase.parent_id)
        .where(LifecycleCase.ref == ref, LifecycleCase.subject == PROGRAMME)
        .where(~exists().where(ChildCase.case_id == LifecycleCase.id), known_to_all())
    ).one_or_none()
    if found is None:
        return none_such(ref)
    if found.id == case_id:
        return phrase("A record does not stand under itself.")
    if found.footing == Footing.KEPT:
        return phrase("%(ref)s is kept as a record only; choose one that lives on.", ref=ref)
    if found.parent_id is not None:
        return phrase("%(ref)s is itself proposed to come under another one.", ref=ref)
    if has_below(session, case_id):
        return phrase("Records came under this one already; they are let go first.")
    return None


def has_below(session: Session, case_id: int) -> bool:
    """Whether records stand under a case, or are proposed to."""
    below = exists().where(LifecycleCase.parent_id == case_id)
    child = exists().where(ChildCase.parent_id == case_id)
    return bool(session.scalar(select(below | child)))


def none_such(ref: str) -> Phrase:
    """That there is no such programme, as it is said too of one that somebody may not know of."""
    return phrase("No programme is called %(ref)s, or it was not sent yet.", ref=f"{ref!r:.60}")
