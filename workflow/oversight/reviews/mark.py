"""Marking as reviewed: an auditor's one act, told on the history that it is about."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.histories import HistoryReviewed
from workflow.audit.trail import Head, Written
from workflow.engine import unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.permissions.visibility import audits
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised
from workflow.free_text import kept_line, kept_prose
from workflow.history.reader import known_case
from workflow.oversight.models import Review
from workflow.people.register import claim_register, registered
from workflow.phrase import phrase
from workflow.vocabulary import REGISTER

EVENT, THROUGH = "event", "through"
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Mark:
    """One event that was reviewed, or (`through`) a whole history up to it.

    `sample` is the seed of the sample in which the event was drawn.
    """

    ref: str
    covers: str
    seq: int
    note: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """Which event tells of the mark; `anew` is false where it had been made before."""

    ref: str
    event_seq: int
    anew: bool


def mark(engine: Engine, person: int, mark_: Mark) -> Marked:
    """Tell on a history that an auditor reviewed it; the same mark twice is made once.

    Refuses anybody who is no auditor today, a history that is not there, and an event that is not
    on it yet. The note can be erased; that there was a review cannot.
    """
    mark_ = replace(
        mark_,
        covers=kept_line(mark_.covers, "covers"),
        note=kept_prose(mark_.note, "note"),
        sample=kept_line(mark_.sample, "sample"),
    )
    if len(mark_.note) > LONGEST_NOTE:
        raise Invalid(
            phrase("The note is too long."), {"note": phrase("Keep the note under 2,000 letters.")}
        )
    with engine.transaction() as session:
        now = engine.now()
        if not audits(session, person, now.date()):
            raise NotAuthorised(phrase("Only an auditor marks a history as reviewed."))
        case = known_case(session, mark_.ref, person, now)
        head = _claimed(session, case.ref)
        if not 1 <= mark_.seq <= head.seq:
            raise Invalid(phrase("There is no event %(seq)s on this history.", seq=mark_.seq))
        earlier = _earlier(session, head.case_id, person, mark_)
        if earlier is not None:
            return Marked(case.ref, earlier, anew=False)
        written = _told(session, engine, person, mark_, register=case.ref == REGISTER)
        session.add(
            Review(
                case_id=head.case_id,
                person_id=person,
                covers=mark_.covers,
                seq=mark_.seq,
                sample=mark_.sample,
                at=written.at,
                event_seq=written.seq,
            )
        )
        return Marked(case.ref, written.seq, anew=True)


def _claimed(session: Session, ref: str) -> Head:
    """The end of the history's chain, its row locked."""
    return claim_register(session) if ref == REGISTER else unit_of_work.lock_case(session, ref).head


def _earlier(session: Session, case_id: int, person: int, mark_: Mark) -> int | None:
    return session.scalar(
        select(Review.event_seq).where(
            Review.person_id == person,
            Review.case_id == case_id,
            Review.covers == mark_.covers,
            Review.seq == mark_.seq,
        )
    )


def _told(session: Session, engine: Engine, person: int, mark_: Mark, *, register: bool) -> Written:
    what = HistoryReviewed(covers=mark_.covers, seq=mark_.seq, sample=mark_.sample, note=mark_.note)
    if register:
        return registered(session, Fact(what, person, engine.now()))
    case = unit_of_work.lock_case(session, mark_.ref)
    work = UnitOfWork(
        session, case, engine.definition(case.definition_id, session), person, engine.now()
    )
    written = work.note(what)
    work.close()
    return written
