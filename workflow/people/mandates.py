"""Mandates: the holder of an office lets somebody else answer for it, for a time.

A mandate is dated, never retroactive and never longer than the appointment behind it; whoever holds
one cannot pass it on. Whether it stands is asked anew at each act.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import MandateGranted, MandateRevoked
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.people.administrators import administers
from workflow.people.appointments import AUDITOR
from workflow.people.models import Appointment, Mandate, Party, Person
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase, together
from workflow.vocabulary import ADMINISTRATOR

ALL = "all"
SCOPE = re.compile(r"all|round:[a-z][a-z0-9_]{0,59}|case:[A-Z0-9][A-Z0-9.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Grant:
    """The request that somebody may answer for an office; the days are both included."""

    appointment_id: int
    delegate: int
    starts_on: date
    ends_on: date
    reason: str
    scope: str = ALL


def grant(session: Session, by: int, grant_: Grant, *, now: datetime) -> int:
    """Let somebody answer for an office that `by` holds, and return the mandate's id.

    Refuses anybody but the holder, a mandate to oneself, days that have passed or that the
    appointment does not cover, a second mandate alike, and one without a reason.
    """
    grant_ = replace(grant_, reason=kept_prose(grant_.reason, "reason"))
    held = _held(session, by, grant_.appointment_id)
    faults = _faults(session, held, grant_, now.date())
    if faults:
        raise Invalid(together(faults.values()), faults)
    made = Mandate(
        appointment_id=held.id,
        person_id=grant_.delegate,
        starts_on=grant_.starts_on,
        ends_on=grant_.ends_on,
        scope=grant_.scope,
        reason=grant_.reason,
        granted_at=now,
    )
    session.add(made)
    session.flush()
    told = MandateGranted(
        mandate=made.id,
        appointment=held.id,
        holder=held.person_id,
        delegate=made.person_id,
        role=held.role,
        party=_party(session, held),
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        scope=made.scope,
        reason=made.reason,
    )
    fact = Fact(told, by, now, appointment=held.id)
    made.granted_at = registered(session, fact).at
    session.flush()
    return made.id


def revoke(session: Session, by: int, mandate_id: int, *, now: datetime) -> None:
    """End a mandate at once; who gave it may, and nobody else."""
    given = session.get(Mandate, mandate_id, with_for_update=True)
    held = None if given is None else session.get(Appointment, given.appointment_id)
    if given is None or held is None or by not in {held.person_id, given.person_id}:
        raise NotFound(phrase("There is no such mandate of yours."))
    if held.person_id != by:
        raise NotAuthorised(phrase("Only who gave this mandate can revoke it."))
    if given.revoked_at is not None:
        return
    told = MandateRevoked(
        mandate=given.id,
        appointment=held.id,
        holder=held.person_id,
        delegate=given.person_id,
        role=held.role,
        party=_party(session, held),
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        scope=given.scope,
    )
    fact = Fact(told, by, now, appointment=held.id)
    given.revoked_at = registered(session, fact).at
    session.flush()


def _held(session: Session, by: int, appointment_id: int) -> Appointment:
    """The appointment, locked, if `by` is the one who holds it."""
    held = session.get(Appointment, appointment_id, with_for_update=True)
    if held is not None and held.person_id == by:
        if held.role == AUDITOR:
            raise NotAuthorised(phrase("Nobody can act for an auditor."))
        if held.role == ADMINISTRATOR:
            raise NotAuthorised(phrase("Nobody can act for an administrator."))
        return held
    passed_on = select(Mandate.id).where(
        Mandate.appointment_id == appointment_id, Mandate.person_id == by
    )
    if session.scalars(passed_on).first():
        raise NotAuthorised(
            phrase("An office that you act for under a mandate cannot be passed on.")
        )
    raise NotAuthorised(phrase("Only who holds an office can give a mandate for it."))


def _faults(session: Session, held: Appointment, grant_: Grant, today: date) -> dict[str, Phrase]:
    faults = {}
    delegate = session.get(Person, grant_.delegate)
    if grant_.delegate == held.person_id:
        faults["delegate"] = phrase("Nobody needs a mandate of their own.")
    elif delegate is None or delegate.disabled_at is not None:
        faults["delegate"] = phrase("Choose somebody who has access.")
    elif administers(session, delegate.id, grant_.starts_on, grant_.ends_on):
        faults["delegate"] = phrase("Who administers the house acts for no office.")
    if grant_.starts_on < max(today, held.starts_on):
        faults["starts_on"] = phrase(
            "A mandate is never retroactive: it starts on %(max)s at the earliest.",
            max=max(today, held.starts_on),
        )
    if grant_.ends_on < grant_.starts_on:
        faults["ends_on"] = phrase("A mandate ends on the day it starts or after.")
    elif held.ends_on is not None and grant_.ends_on > held.ends_on:
        faults["ends_on"] = phrase(
            "You hold this office until %(ends_on)s; end the mandate by then.", ends_on=held.ends_on
        )
    if not SCOPE.fullmatch(grant_.scope):
        faults["scope"] = phrase(
            "A mandate is for everything, for one kind of round or for one programme."
        )
    if not 1 <= len(grant_.reason) <= LONGEST_REASON:
        faults["reason"] = phrase(
            "Say why, in at most %(longest_reason)s characters.", longest_reason=LONGEST_REASON
        )
    return faults or _alike(session, grant_)


def _alike(session: Session, grant_: Grant) -> dict[str, Phrase]:
    """Refuse a mandate that stands already on some of these days."""
    same = select(Mandate.id).where(
        Mandate.appointment_id == grant_.appointment_id,
        Mandate.person_id == grant_.delegate,
        Mandate.scope == grant_.scope,
        Mandate.revoked_at.is_(None),
        Mandate.starts_on <= grant_.ends_on,
        Mandate.ends_on >= grant_.starts_on,
    )
    if session.scalars(same).first() is None:
        return {}
    return {"delegate": phrase("This person has the same mandate already on some of these days.")}


def _party(session: Session, held: Appointment) -> str:
    """The key of the party that an office is held for."""
    return session.scalars(select(Party.key).where(Party.id == held.party_id)).one()
