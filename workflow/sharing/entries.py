"""Reading and telling entries: the row under a lock, and the event of what is done to it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.sharing.entries import OfSharing
from workflow.audit.trail import Written
from workflow.errors import NotFound, Stale
from workflow.people.models import Party
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.search.key import fold
from workflow.sharing.content import EXPERT, Content
from workflow.sharing.duties import SharingDuties, SharingOffice, sharing_duties
from workflow.sharing.models import SharedAct, SharedEntry, SharedFacet, SharedWording

WAITING, LISTED, LAPSED, WITHDRAWN = "waiting", "listed", "lapsed", "withdrawn"
ASKED, KEPT = "asked", "kept"
LONGEST_KEY = 400
# It is asked once a year whether an entry still holds.
HOLDS = timedelta(days=365)


def no_entry(number: int) -> NotFound:
    """The refusal of an entry that is not there, or that somebody may not see."""
    return NotFound(phrase("There is no entry %(number)s of what countries share.", number=number))


def claimed(
    session: Session, number: int, person: int, today: date
) -> tuple[SharedEntry, SharingDuties]:
    """The entry of this number, locked, with what somebody may do here today.

    Refuses one of which they may not know as one that never was, and one that was withdrawn.
    """
    entry = session.get(SharedEntry, number, with_for_update=True, populate_existing=True)
    duties = sharing_duties(session, person, today, locked=True)
    if entry is None or not (is_listed(entry, today) or duties.sees(entry.party_id)):
        raise no_entry(number)
    if entry.state == WITHDRAWN:
        raise Stale(
            phrase("Entry %(number)s was withdrawn; nothing brings it back.", number=number)
        )
    return entry, duties


def listed_on(today: date) -> ColumnElement[bool]:
    """The condition that an entry is shown to everybody on a day.

    Nearly every one is, so no index of last days is to be asked: the list goes by title.
    """
    consented = or_(SharedEntry.kind != EXPERT, SharedEntry.consent_until >= today)
    holds = func.coalesce(SharedEntry.holds_until, date.min) >= today
    return (SharedEntry.state == LISTED) & holds & consented & (SharedEntry.title != "")


def is_listed(entry: SharedEntry, today: date) -> bool:
    """The same of one entry."""
    holds = entry.holds_until is not None and entry.holds_until >= today
    consented = entry.kind != EXPERT or (
        entry.consent_until is not None and entry.consent_until >= today
    )
    return entry.state == LISTED and holds and consented and entry.title != ""


def listed_until(today: date, consent: date | None) -> date:
    """Up to which day what is confirmed or kept today is listed: a year, but no longer than its consent."""
    year = today + HOLDS
    return min(year, consent or year)


def ends_with_consent(entry: SharedEntry) -> bool:
    """Whether it is listed to the end of a consent, so that a new one alone keeps it."""
    return entry.holds_until is not None and entry.holds_until == entry.consent_until


def told_of(session: Session, entry: SharedEntry) -> dict[str, Any]:
    """What each event about an entry says of it."""
    key = session.scalars(select(Party.key).where(Party.id == entry.party_id)).one()
    return {"entry": entry.id, "kind": entry.kind, "party": key}


def tell(
    session: Session, what: OfSharing, by: int | None, acting: SharingOffice | None, now: datetime
) -> Written:
    """Tell on the register what was done, under which office."""
    if acting is None:
        return registered(session, Fact(what, by, now))
    return registered(session, Fact(what, by, now, acting.role, acting.party, acting.appointment))


def note(
    session: Session,
    entry: SharedEntry,
    act: str,
    until: date | None,
    by: int | None,
    done: Written,
) -> None:
    """Keep beside the entry what was done about it."""
    session.execute(
        insert(SharedAct).values(
            entry_id=entry.id, act=act, until=until, person_id=by, at=done.at, event_seq=done.seq
        )
    )


def key_of(content: Content) -> str:
    """By what an entry is put into its place in a list."""
    return fold(content.title)[:LONGEST_KEY]


def list_anew(session: Session, entry: SharedEntry, content: Content | None) -> None:
    """Let the entry be listed and found by what it says; by nothing where it says nothing any more."""
    entry.title = content.title if content else ""
    entry.title_key = key_of(content) if content else ""
    entry.search_text = content.searched if content else ""
    entry.institution_id = content.institution if content else None
    session.flush()
    session.execute(delete(SharedFacet).where(SharedFacet.entry_id == entry.id))
    rows = [
        {"entry_id": entry.id, "facet": facet, "value": value}
        for facet, value in sorted(content.facets if content else ())
    ]
    if rows:
        session.execute(insert(SharedFacet), rows)


def open_wording(session: Session, entry: int) -> SharedWording | None:
    """The wording of an entry that waits for a second person, locked."""
    waits = select(SharedWording).where(
        SharedWording.entry_id == entry, SharedWording.outcome == ""
    )
    return session.scalars(waits.with_for_update()).one_or_none()
