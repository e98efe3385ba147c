"""Entering sanctions lists: each a file with its day, told on the register, never replaced; the newest counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import SanctionsListed
from workflow.engine.engine import Engine
from workflow.errors import Invalid, NotAuthorised
from workflow.free_text import kept_line
from workflow.partners.models import SanctionsEntry, SanctionsList
from workflow.partners.sanctions import Sanctioned, digest, read_sanctions
from workflow.people.queries import current_offices
from workflow.people.register import claim_register, registered
from workflow.phrase import phrase
from workflow.vocabulary import HOUSE, OFFICERS

LONGEST_TITLE = 120
BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class ListEntered:
    """A list as it was entered: what it is called, of which day, when, and how many it names."""

    number: int
    title: str
    dated: date
    entered_at: datetime
    entries: int


def enter_list(engine: Engine, person: int | None, title: str, dated: date, text: str) -> int:
    """Enter a sanctions list as it stood on a day; returns how many it names.

    From then on examinations are held against it. Refuses whoever is no officer of the house, a file with a line
    that is wrong, with every such line, a day to come, and one before that of the newest list.
    """
    entries = read_sanctions(text)
    with engine.transaction() as session:
        now = engine.now()
        if person is not None and not may_enter(session, person, now.date()):
            raise NotAuthorised(phrase("Sanctions lists are entered by officers of the house."))
        claim_register(session)
        title = _checked(session, title, dated, now.date())
        number = (session.scalar(select(func.max(SanctionsList.id))) or 0) + 1
        told = SanctionsListed(
            number=number, title=title, dated=dated, entries=len(entries), digest=digest(entries)
        )
        at = registered(session, Fact(told, person, now)).at
        session.add(
            SanctionsList(
                id=number, title=title, dated=dated, digest=told.digest, entered_at=at, person_id=person
            )
        )  # fmt: skip
        session.flush()
        session.execute(insert(SanctionsEntry), [_row(number, each) for each in entries])
    return len(entries)


def may_enter(session: Session, person: int, today: date) -> bool:
    """Whether somebody is an officer of the house."""
    held = current_offices(session, person, today)
    return any(each.role in OFFICERS and each.party_key == HOUSE for each in held)


def newest(session: Session) -> tuple[int, date] | None:
    """The number and the day of the list that counts; nothing where none was entered."""
    found = select(SanctionsList.id, SanctionsList.dated).order_by(SanctionsList.dated.desc())
    row = session.execute(found.limit(1)).first()
    return (row.id, row.dated) if row else None


def entries_of(session: Session, number: int) -> Iterator[Sanctioned]:
    """Everybody on a list."""
    asked = select(SanctionsEntry.number, SanctionsEntry.name, SanctionsEntry.also)
    for row in session.execute(asked.where(SanctionsEntry.list_id == number)):
        yield Sanctioned(row.number, row.name, tuple(filter(None, row.also.split(BETWEEN))))


def lists_entered(session: Session, most: int = 20) -> tuple[ListEntered, ...]:
    """The lists that were entered, the newest first."""
    counted = select(func.count()).where(SanctionsEntry.list_id == SanctionsList.id)
    asked = select(
        SanctionsList.id, SanctionsList.title, SanctionsList.dated, SanctionsList.entered_at,
        counted.scalar_subquery(),
    ).order_by(SanctionsList.dated.desc())  # fmt: skip
    return tuple(ListEntered(*row) for row in session.execute(asked.limit(most)))


def _checked(session: Session, title: str, dated: date, today: date) -> str:
    """The title as it is kept; refuses at its field what cannot be entered."""
    title = kept_line(title, "title")
    if not title or len(title) > LONGEST_TITLE:
        said = phrase("Say whose list it is, in %(most)s characters at most.", most=LONGEST_TITLE)
        raise Invalid(said, {"title": said})
    last = newest(session)
    if dated > today:
        said = phrase("A list is of today at the latest.")
        raise Invalid(said, {"dated": said})
    if last is not None and dated <= last[1]:
        said = phrase(
            "The list of %(day)s is entered already; enter one of a later day.", day=last[1]
        )
        raise Invalid(said, {"dated": said})
    return title


def _row(number: int, entry: Sanctioned) -> dict[str, object]:
    return {
        "list_id": number,
        "number": entry.number,
        "name": entry.name,
        "also": BETWEEN.join(entry.also),
    }
