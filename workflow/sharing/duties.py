"""Who keeps what countries share: focal points and authorities for their own country, and the house.

A country's own people word its entries and say that they hold; a second one of that country, or an officer
of the house, confirms. Either side withdraws alone: nobody waits for a second to be forgotten.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.permissions.offices import offices
from workflow.errors import NotAuthorised
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.vocabulary import HOUSE, OFFICERS

FOCAL, AUTHORITY = "pivotal_focal", "national_authority"
# The roles that speak for their country here.
SPEAKS = (AUTHORITY, FOCAL)
COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class SharingOffice:
    """The office under which somebody acts: its role, its party and the appointment."""

    role: str
    party: str
    appointment: int


@dataclass(frozen=True, slots=True)
class SharingDuties:
    """For which countries somebody speaks, by their ids, and the office of the house, if one."""

    countries: dict[int, SharingOffice]
    house: SharingOffice | None

    @property
    def any(self) -> bool:
        """Whether what countries share is theirs to keep at all."""
        return bool(self.countries or self.house)

    def speaking(self, party_id: int) -> SharingOffice:
        """The office under which somebody speaks for a country; refuses everybody else."""
        found = self.countries.get(party_id)
        if found is None:
            raise NotAuthorised(
                phrase(
                    "What a country shares is entered and kept by its focal point or its national "
                    "authority."
                )
            )
        return found

    def seconding(self, party_id: int) -> SharingOffice:
        """The office under which somebody confirms or withdraws; refuses everybody else."""
        found = self.countries.get(party_id) or self.house
        if found is None:
            raise NotAuthorised(
                phrase(
                    "This is for the focal points and authorities of the country, and for the officers "
                    "of the house."
                )
            )
        return found

    def sees(self, party_id: int) -> bool:
        """Whether what is not listed of a country is shown to them."""
        return self.house is not None or party_id in self.countries


def sharing_duties(
    session: Session, person: int, today: date, *, locked: bool = False
) -> SharingDuties:
    """What somebody may do here today; `locked` holds the offices until the act is recorded."""
    held = offices(session, person, today, locked=locked)
    wanted = {each.party_id for each in held}
    listed = select(Party.id, Party.key, Party.kind).where(Party.id.in_(wanted))
    parties = {row.id: row for row in session.execute(listed)} if wanted else {}
    countries: dict[int, SharingOffice] = {}
    house: SharingOffice | None = None
    ranked = sorted(held.items(), key=lambda each: (each[0].role, each[1]))
    for office, appointment in ranked:
        party = parties[office.party_id]
        acting = SharingOffice(office.role, party.key, appointment)
        if party.kind == COUNTRY and office.role in SPEAKS:
            countries.setdefault(party.id, acting)
        if party.key == HOUSE and office.role in OFFICERS:
            house = house or acting
    return SharingDuties(countries, house)
