"""Who decides on what another administrator asked for, until when it can be confirmed, and what is kept of it."""

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person, TakesTwo
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR

AnAct = TypeVar("AnAct", bound=TakesTwo)
CONFIRMED, DECLINED = "confirmed", "declined"


def to_decide(session: Session, kind: type[AnAct], number: int, *, by: int, now: datetime) -> AnAct:
    """An act that waits, locked, for somebody who may decide on it."""
    refuse_all_but_administrators(session, by, now)
    asked = session.get(kind, number, with_for_update=True)
    if asked is None:
        raise NotFound(phrase("There is no such act."))
    refuse_first(asked, by)
    return asked


def to_confirm(
    session: Session, kind: type[AnAct], number: int, *, by: int, now: datetime
) -> AnAct:
    """The same, for whoever confirms it; what has lapsed can be declined alone."""
    asked = to_decide(session, kind, number, by=by, now=now)
    refuse_lapsed(session, asked, now)
    return asked


def refuse_first(asked: TakesTwo, by: int) -> None:
    """Refuse what was decided on already, and whoever asked for it."""
    if asked.outcome:
        raise Stale(phrase("This act was decided on already."))
    if asked.asked_by == by:
        raise NotAuthorised(phrase("Who asked for this cannot confirm or decline it as well."))


def refuse_lapsed(session: Session, asked: TakesTwo, now: datetime) -> None:
    """Refuse what was asked for by somebody who could not ask for it today."""
    if asked.asked_by not in administrators_today(session, now.date()):
        raise Stale(
            phrase(
                "Whoever asked for this is no administrator with access any more, so it has lapsed. "
                "Decline it, and ask for it yourself if it is still wanted."
            )
        )


def administrators_today(session: Session, on: date) -> frozenset[int]:
    """Whose wishes can be confirmed on a day: the administrators who have access."""
    able = (
        select(Appointment.person_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == ADMINISTRATOR, in_force(on), Person.disabled_at.is_(None))
    )
    return frozenset(session.scalars(able))


def reason_to_decline(reason: str) -> str:
    """The reason as it is kept; refuses none."""
    kept = kept_prose(reason, "reason")
    if not 1 <= len(kept) <= LONGEST_REASON:
        said = phrase("Say why it is declined.")
        raise Invalid(said, {"reason": said})
    return kept


def decided(
    session: Session, asked: TakesTwo, outcome: str, *, by: int, now: datetime, reason: str = ""
) -> None:
    """Keep what came of an act, whose decision it was, and why."""
    asked.outcome, asked.decided_by, asked.decided_at = outcome, by, now
    asked.reason = reason
    session.flush()
