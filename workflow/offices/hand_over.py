"""Handing over what an ended appointment leaves open, to a successor in the same office."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentHandedOver
from workflow.engine import unit_of_work
from workflow.engine.benches import OfficeKey
from workflow.engine.commands.claim import ReassignSeat, pass_on
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import OfficeHolder, holders_of, offices, party_key
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import ConflictOfDuties, Invalid, NotFound, RoundClosed
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.offices.succession import still_taken
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.models import Appointment, Person
from workflow.people.register import registered
from workflow.people.sittings import sitting_key
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import ADMINISTRATOR, HOUSE

Acting = tuple[str, str, int]
# Where whoever leaves counted on every body of their party, a successor may count on one of them.
_ON_ANOTHER = phrase("This seat is on another body than the one on which the successor counts.")


@dataclass(frozen=True, slots=True)
class Succession:
    """The request that a successor takes over what an appointment leaves open, with the reason."""

    appointment: int
    successor: int
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many seats were handed over, and why others were not; those wait for the whole office."""

    seats: int
    kept_back: tuple[Phrase, ...]


def hand_over(engine: Engine, session: Session, wish: Succession, *, by: int) -> HandedOver:
    """Put the successor on every seat that was taken under the appointment and still waits.

    A seat that the successor could not answer stays with the office. Refuses an appointment that
    goes on, a successor who does not hold the office today, and a missing reason.
    """
    now = engine.now()
    refuse_all_but_administrators(session, by, now)
    held = session.get(Appointment, wish.appointment)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    reason = _reason(wish.reason)
    _refuse_lasting(session, held)
    successor = _successor(session, held, wish.successor, now)
    fit = replace(wish, successor=successor.person, reason=reason)
    done = _passed_on(engine, session, fit, by)
    told = AppointmentHandedOver(
        appointment=held.id,
        holder=held.person_id,
        role=held.role,
        party=party_key(session, held.party_id),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        body=sitting_key(session, held.body_id),
        successor=successor.person,
        under=successor.appointment,
        seats=done.seats,
        reason=reason,
    )
    registered(session, Fact(told, by, now))
    return done


def _passed_on(engine: Engine, session: Session, wish: Succession, by: int) -> HandedOver:
    """Pass each seat on that the successor may answer; why the others stay is said."""
    acting = _acting(session, by, engine.now())
    kept_back: list[Phrase] = []
    seats = 0
    for case, seat, key in session.execute(still_taken(wish.appointment)).all():
        work = _work(engine, session, case, by)
        asked = ReassignSeat(
            work.case.ref, key, seat, work.case.version, "", wish.reason, wish.successor
        )
        try:
            pass_on(work, asked, acting)
        except (ConflictOfDuties, RoundClosed) as barred:
            kept_back.append(barred.said)
        except Invalid:
            kept_back.append(_ON_ANOTHER)
        else:
            work.close()
            seats += 1
    return HandedOver(seats, tuple(kept_back))


def _work(engine: Engine, session: Session, case: int, by: int) -> UnitOfWork:
    locked = unit_of_work.lock_case_by_id(session, case)
    definition = engine.definition(locked.definition_id, session)
    return UnitOfWork(session, locked, definition, by, engine.now())


def _reason(given: str) -> str:
    reason = kept_prose(given, "reason")
    if not 1 <= len(reason) <= LONGEST_REASON:
        said = phrase("Say why it is handed over.")
        raise Invalid(said, {"reason": said})
    return reason


def _refuse_lasting(session: Session, held: Appointment) -> None:
    """Refuse to take the seats of somebody who goes on in the office."""
    person = session.get_one(Person, held.person_id)
    if held.ends_on is None and person.disabled_at is None:
        said = phrase("This appointment has no end; end it first.")
        raise Invalid(said, {"successor": said})


def _successor(session: Session, held: Appointment, whom: int, now: datetime) -> OfficeHolder:
    office = OfficeKey(held.role, held.party_id, held.body_id)
    found = holders_of(session, office, now.date())
    fit = next((each for each in found if whom == each.person != held.person_id), None)
    if fit is None:
        said = phrase("Choose somebody else who holds this office today; appoint them first.")
        raise Invalid(said, {"successor": said})
    return fit


def _acting(session: Session, by: int, now: datetime) -> Acting:
    """The administrator's own office, under which the act is recorded."""
    own = offices(session, by, now.date())
    appointment = next(number for office, number in own.items() if office.role == ADMINISTRATOR)
    return ADMINISTRATOR, HOUSE, appointment
