"""What the form of an entry offers: the countries that somebody speaks for, and their institutions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.models import Party
from workflow.sharing.content import INSTITUTION
from workflow.sharing.duties import sharing_duties
from workflow.sharing.entries import listed_on
from workflow.sharing.models import SharedEntry

MOST = 500


def spoken_for(session: Session, person: int, today: date) -> tuple[tuple[str, str], ...]:
    """The countries that somebody speaks for, by key and name."""
    countries = sharing_duties(session, person, today).countries
    named = select(Party.key, Party.name).where(Party.id.in_(countries)).order_by(Party.name)
    return tuple((key, name) for key, name in session.execute(named)) if countries else ()


def institutions_of(
    session: Session, parties: Sequence[str], today: date
) -> tuple[tuple[int, str], ...]:
    """The institutions of these countries that are listed, by number and title."""
    listed = (
        select(SharedEntry.id, SharedEntry.title)
        .join(Party, Party.id == SharedEntry.party_id)
        .where(Party.key.in_(parties), SharedEntry.kind == INSTITUTION, listed_on(today))
        .order_by(SharedEntry.title_key, SharedEntry.id)
        .limit(MOST)
    )
    return tuple((number, title) for number, title in session.execute(listed))
