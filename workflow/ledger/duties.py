"""Who may record money of a case, and who may certify it: two people, the second of the house."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.models import CaseParty
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.permissions.offices import offices
from workflow.errors import ConflictOfDuties, NotAuthorised
from workflow.ledger.accounts import MoneyAct
from workflow.people.mandates import ALL
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.vocabulary import HEAD, HOUSE, OFFICERS

FINANCE = "finance_officer"
# The roles of the house that record, and those that certify what somebody else recorded.
RECORDS = (FINANCE, *OFFICERS)
CERTIFIES = (FINANCE, HEAD)
# The capacity in which a party carries a case out, and the roles that record for it what it spent.
AGENCY = "executing_agency"
OF_AGENCY = (AGENCY, "programme_manager")


class OfCase(Protocol):
    """A case by its number and its reference."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def ref(self) -> str:
        """What it is called by."""


@dataclass(frozen=True, slots=True)
class ActingOffice:
    """The office under which somebody acts on money: its role, its party and the appointment.

    Under a mandate the appointment is that of the `principal`.
    """

    role: str
    party: str
    appointment: int
    mandate: int | None = None
    principal: int | None = None


@dataclass(frozen=True, slots=True)
class MoneyDuties:
    """What a person may do about the money of a case; `spends` are agencies they record for.

    `certifies` are the ways to certify: an office of their own, and then those of who let them act.
    """

    records: ActingOffice | None = None
    certifies: tuple[ActingOffice, ...] = ()
    spends: Mapping[str, ActingOffice] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether the money of the case is their business at all."""
        return bool(self.records or self.certifies or self.spends)

    def recording(self, act: MoneyAct, holder: str) -> ActingOffice:
        """The office under which an act is recorded; refuses whoever has none for it."""
        own = self.spends.get(holder) if act is MoneyAct.EXPENDITURE else None
        found = own or self.records
        if found is None:
            raise NotAuthorised(
                phrase(
                    "Money is recorded by the finance or programme officers of the house; what an "
                    "executing agency spent of what was disbursed to it, also by the agency."
                )
            )
        return found

    def may_certify(self, person: int, recorded_by: int) -> bool:
        """Whether the person may certify what somebody recorded."""
        return person != recorded_by and self._able(recorded_by) is not None

    def certifying(self, person: int, recorded_by: int) -> ActingOffice:
        """The office under which what somebody recorded is certified.

        Refuses whoever recorded it, in whichever office, and who would act for that person.
        """
        if not self.certifies:
            raise NotAuthorised(
                phrase("Money is certified by a finance officer or the head of the house.")
            )
        if person == recorded_by:
            raise ConflictOfDuties(
                phrase("You recorded this; somebody else has to certify it, or decline.")
            )
        found = self._able(recorded_by)
        if found is None:
            raise ConflictOfDuties(
                phrase(
                    "You act for who recorded this; somebody else has to certify it, or decline."
                )
            )
        return found

    def _able(self, recorded_by: int) -> ActingOffice | None:
        return next((each for each in self.certifies if each.principal != recorded_by), None)


def money_duties(
    session: Session, case: OfCase, person: int, today: date, *, locked: bool = False
) -> MoneyDuties:
    """What the person may do about the money of a case today; `locked` holds the offices until it is done."""
    held = offices(session, person, today, locked=locked)
    mandates = _certifying(received(session, person, today, locked=locked), case.ref)
    parties = {*(each.party_id for each in held), *(each.party_id for each in mandates)}
    if not parties:
        return MoneyDuties()
    keys = dict(session.execute(select(Party.id, Party.key).where(Party.id.in_(parties))).all())
    house = {office: number for office, number in held.items() if keys[office.party_id] == HOUSE}
    own = _first(house, CERTIFIES)
    given = (each for each in mandates if keys[each.party_id] == HOUSE)
    return MoneyDuties(
        records=_first(house, RECORDS),
        certifies=(*((own,) if own else ()), *map(_mandated, given)),
        spends=dict(_spending(session, case.id, held, keys)),
    )


def _certifying(mandates: tuple[ActiveMandate, ...], ref: str) -> tuple[ActiveMandate, ...]:
    """Those for an office that certifies and for everything, or for this case."""
    scopes = {ALL, f"case:{ref}"}
    return tuple(each for each in mandates if each.role in CERTIFIES and each.scope in scopes)


def _mandated(of: ActiveMandate) -> ActingOffice:
    return ActingOffice(of.role, HOUSE, of.appointment, of.id, of.principal)


def _spending(
    session: Session, case_id: int, held: Mapping[OfficeKey, int], keys: Mapping[int, str]
) -> Iterator[tuple[str, ActingOffice]]:
    """The agencies of a case for which these offices record what they spent."""
    executing = select(CaseParty.party_id).where(
        CaseParty.case_id == case_id, CaseParty.capacity == AGENCY
    )
    agencies = set(session.scalars(executing)) if held else set()
    for office, number in held.items():
        if office.role in OF_AGENCY and office.party_id in agencies:
            key = keys[office.party_id]
            yield key, ActingOffice(office.role, key, number)


def keeps_books(session: Session, person: int, today: date) -> bool:
    """Whether the money of every case is the person's business, by an office of the house."""
    held = offices(session, person, today)
    keeping = {each.party_id for each in held if each.role in {*RECORDS, *CERTIFIES}}
    house = select(Party.id).where(Party.key == HOUSE, Party.id.in_(keeping))
    return bool(keeping) and session.scalar(house) is not None


def _first(house: Mapping[OfficeKey, int], roles: tuple[str, ...]) -> ActingOffice | None:
    """The office of the first of these roles that is held."""
    found = {office.role: number for office, number in house.items()}
    role = next((each for each in roles if each in found), None)
    return ActingOffice(role, HOUSE, found[role]) if role else None
