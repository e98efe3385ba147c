"""Which office somebody means at a terminal: by the address of who holds it, the role and the party."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.people.models import Appointment
from workflow.people.parties import known_party
from workflow.people.queries import person_of
from workflow.phrase import phrase

EMAIL, ROLE, PARTY = (click.argument(name) for name in ("email", "role", "party"))


def held_term(session: Session, email: str, role: str, party: str) -> int:
    """The last term of an office that somebody holds; refuses who never did."""
    held = (
        select(Appointment.id)
        .where(
            Appointment.person_id == person_of(session, email),
            Appointment.role == role,
            Appointment.party_id == known_party(session, party),
        )
        .order_by(Appointment.starts_on.desc())
    )
    found = session.scalars(held.limit(1)).first()
    if found is None:
        raise NotFound(
            phrase(
                "%(email)s holds no appointment as %(role)s of %(party)s.",
                email=email,
                role=role,
                party=party,
            )
        )
    return found
