"""That a programme uses what a country shares: said, and taken back, by somebody who takes part in it."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.sharing.entries import SharingUnused, SharingUsed
from workflow.audit.trail import append
from workflow.engine import unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.permissions import visibility
from workflow.errors import Invalid, NotAuthorised
from workflow.phrase import phrase
from workflow.sharing.entries import claimed, is_listed
from workflow.sharing.models import SharedEntry, SharedUse
from workflow.vocabulary import BELOW


def use(engine: Engine, person: int, number: int, ref: str) -> bool:
    """Say that the programme called `ref` uses an entry; whether that was not said before.

    It is told on the history of the programme. Refuses whoever takes no part in it, and an entry
    that they may not see.
    """
    now = engine.now()
    with engine.transaction() as session:
        # Whoever may not know of it is told so before anything is locked: asking takes as long either way.
        _refuse_outsiders(session, engine, person, ref)
        case = unit_of_work.lock_case(session, ref)
        entry, _ = claimed(session, number, person, now.date())
        if not is_listed(entry, now.date()):
            raise Invalid(phrase("Only what is listed is used in a programme."))
        if _said(session, number, case.id):
            return False
        done = append(
            session, case.head, Fact(SharingUsed(entry=number, kind=entry.kind), person, now)
        )
        unit_of_work.write_case(session, case)
        session.execute(
            insert(SharedUse).values(
                entry_id=number, case_id=case.id, person_id=person, at=done.at, event_seq=done.seq
            )
        )
        return True


def use_no_more(engine: Engine, person: int, number: int, ref: str) -> bool:
    """Take back that the programme uses an entry; whether it was said before."""
    now = engine.now()
    with engine.transaction() as session:
        _refuse_outsiders(session, engine, person, ref)
        case = unit_of_work.lock_case(session, ref)
        if not _said(session, number, case.id):
            return False
        entry = session.get_one(SharedEntry, number)
        append(session, case.head, Fact(SharingUnused(entry=number, kind=entry.kind), person, now))
        unit_of_work.write_case(session, case)
        here = SharedUse.entry_id == number, SharedUse.case_id == case.id
        session.execute(delete(SharedUse).where(*here))
        return True


def _said(session: Session, number: int, case: int) -> bool:
    here = SharedUse.entry_id == number, SharedUse.case_id == case
    return session.scalar(select(SharedUse.entry_id).where(*here)) is not None


def _refuse_outsiders(session: Session, engine: Engine, person: int, ref: str) -> None:
    case = visibility.visible_case(session, ref, person, engine.now())
    if not case.takes_part:
        raise NotAuthorised(
            phrase("Whoever takes part in %(ref)s says what is used in it.", ref=ref)
        )
    if BELOW in ref:
        raise Invalid(
            phrase("Name the programme itself, and not a case under it."),
            {"ref": phrase("Name the programme itself.")},
        )
