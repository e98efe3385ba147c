"""Making an appointment as an administrator does: fit for the lifecycles, and by two where two are asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.bodies.models import Body
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.errors import Invalid, NotFound
from workflow.offices.roles import AGENCY, HeldOffice, RoleBook, naming_role_book, role_book
from workflow.offices.sittings import on_its_body, sitting_faults
from workflow.people.appointments import meets
from workflow.people.commands import DONOR_DECIDES
from workflow.people.directory.descriptions import is_donor
from workflow.people.directory.page import ENGINE
from workflow.people.four_eyes.second import administrators_today
from workflow.people.models import Appointment, OfficeAct, Party, Person
from workflow.people.queries import Office, OfficeTerm, PartyLine
from workflow.people.terms.requests import (
    END,
    MAKE,
    Done,
    OfficeWish,
    asked_for,
    carry_out,
    confirm,
)
from workflow.phrase import Phrase, phrase, together


@dataclass(frozen=True, slots=True)
class AppointmentPage:
    """One appointment: whose, to which office, from when until when, and by which letter.

    `body` is what the body is called on which alone it counts, if it counts on one.
    """

    person_id: int
    person: str
    term: OfficeTerm
    letter: str
    disabled: bool = False
    body: str = ""


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act that waits for a second administrator; `mine` says that this one asked for it.

    It has `lapsed` where whoever asked for it is no administrator with access any more.
    """

    id: int
    act: str
    person_id: int
    person: str
    role: str
    party: str
    starts_on: date
    ends_on: date | None
    letter: str
    body: str
    asked_by: str
    asked_at: datetime
    mine: bool
    lapsed: bool


def make(
    engine: Engine,
    session: Session,
    wish: OfficeWish,
    *,
    by: int,
    two_for: Collection[str] = (),
) -> Done:
    """Appoint somebody, or have it wait for a second administrator; refuses who is unfit.

    An office of a body counts on the one named, or on the only one on which its party sits.
    """
    wish = on_its_body(session, role_book(session, engine), wish)
    refuse_unfit(engine, session, wish)
    return carry_out(session, wish, by=by, now=engine.now(), two_for=two_for)


def confirmed(engine: Engine, session: Session, number: int, *, by: int) -> int:
    """Do what another administrator asked for; refuses who has become unfit for it meanwhile."""
    wish = asked_for(session, number)
    if wish.act != END:
        refuse_unfit(engine, session, wish)
    return confirm(session, number, by=by, now=engine.now())


def moved(
    engine: Engine,
    session: Session,
    wish: OfficeWish,
    *,
    by: int,
    two_for: Collection[str] = (),
) -> Done:
    """End or extend an appointment, or have it wait; nobody is extended who is unfit for the days."""
    if wish.act != END:
        _refuse_unfit_days(engine, session, wish)
    return carry_out(session, wish, by=by, now=engine.now(), two_for=two_for)


def _refuse_unfit_days(engine: Engine, session: Session, wish: OfficeWish) -> None:
    try:
        refuse_unfit(engine, session, wish)
    except Invalid as unfit:
        faults = {"ends_on": together(unfit.faults.values())}
        raise Invalid(together(faults.values()), faults) from unfit


def refuse_unfit(engine: Engine, session: Session, wish: OfficeWish) -> None:
    """Refuse a role that is unknown, a party of the wrong kind, and who would judge their own work."""
    party = session.get(Party, wish.party_id)
    if party is None:
        said = phrase("Choose for whom.")
        raise Invalid(said, {"party": said})
    line = PartyLine(party.id, party.key, party.kind, party.name, party.iso3)
    book = naming_role_book(session, engine)
    faults = book.faults(wish.role, line, _beside(session, wish))
    if not faults and wish.act == MAKE:
        faults = (
            _giving(book, party, wish)
            or _idle(session, book, party, wish)
            or {**sitting_faults(session, book, wish)}
        )
    if faults:
        raise Invalid(together(faults.values()), faults)


def _giving(book: RoleBook, party: Party, wish: OfficeWish) -> dict[str, Phrase]:
    """Why nobody has an office of a body for a donor, before anybody looks for its seat."""
    if not book.bodies(wish.role, party.key) or not is_donor(
        party.kind, party.iso3, gives=party.gives
    ):
        return {}
    return {"party": DONOR_DECIDES}


def _idle(session: Session, book: RoleBook, party: Party, wish: OfficeWish) -> dict[str, Phrase]:
    """Why nobody answers as executing agency for a party that may execute nothing, and never did here."""
    if party.executes or book.asked.get(wish.role) != frozenset({AGENCY}):
        return {}
    executing = CaseParty.capacity == AGENCY, CaseParty.party_id == party.id
    if session.scalars(select(CaseParty.id).where(*executing).limit(1)).first() is not None:
        return {}
    said = phrase(
        "%(party)s may not execute programmes, so nobody answers for one there; say on its page that "
        "it may.",
        party=party.name,
    )
    return {"party": said}


def _beside(session: Session, wish: OfficeWish) -> Collection[HeldOffice]:
    """The offices that somebody holds on some of the days."""
    held = (
        select(Appointment.role, Party.key)
        .join(Party, Party.id == Appointment.party_id)
        .where(
            Appointment.person_id == wish.person_id,
            Appointment.id != (wish.appointment or 0),
            meets(wish.starts_on, wish.ends_on),
        )
    )
    return [(role, key) for role, key in session.execute(held)]


def appointment_page(session: Session, number: int) -> AppointmentPage:
    """One appointment; refuses one that is not there."""
    row = session.execute(
        select(Appointment, Person.name, Person.disabled_at, Party.key, Party.name, Body.name)
        .join(Person, Person.id == Appointment.person_id)
        .join(Party, Party.id == Appointment.party_id)
        .outerjoin(Body, Body.id == Appointment.body_id)
        .where(Appointment.id == number)
    ).first()
    if row is None:
        raise NotFound(phrase("There is no such appointment."))
    held, person, disabled, key, name, body = row
    office = Office(held.id, held.role, held.party_id, key, name, held.body_id)
    return AppointmentPage(
        held.person_id,
        person,
        OfficeTerm(office, held.starts_on, held.ends_on),
        held.letter,
        disabled is not None,
        body or "",
    )


def waiting_acts(session: Session, administrator: int, on: date) -> tuple[WaitingAct, ...]:
    """The acts that wait for a second administrator, the oldest first."""
    asker, able = aliased(Person), administrators_today(session, on)
    rows = session.execute(
        select(OfficeAct, Person.name, Party.name, asker.name, Body.name)
        .join(Person, Person.id == OfficeAct.person_id)
        .join(asker, asker.id == OfficeAct.asked_by)
        .join(Party, Party.id == OfficeAct.party_id)
        .outerjoin(Body, Body.id == OfficeAct.body_id)
        .where(OfficeAct.outcome == "")
        .order_by(OfficeAct.id)
        .limit(200)
    )
    return tuple(
        WaitingAct(
            id=asked.id,
            act=asked.act,
            person_id=asked.person_id,
            person=person,
            role=asked.role,
            party=party,
            starts_on=asked.starts_on,
            ends_on=asked.ends_on,
            letter=asked.letter,
            body=body or "",
            asked_by=by,
            asked_at=asked.asked_at,
            mine=asked.asked_by == administrator,
            lapsed=asked.asked_by not in able,
        )
        for asked, person, party, by, body in rows
    )


def parties(session: Session) -> tuple[PartyLine, ...]:
    """Every party by name, as somebody can be appointed for it."""
    rows = session.execute(
        select(Party.id, Party.key, Party.kind, Party.name, Party.iso3)
        .where(Party.key != ENGINE)
        .order_by(Party.name)
    )
    return tuple(PartyLine(*row) for row in rows)
