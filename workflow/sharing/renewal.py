"""Whether an entry still holds: asked once a year, said by the country, lapsed where nobody says it."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.audit.events.sharing.entries import SharingKept, SharingLapsed, SharingQuestioned
from workflow.engine.engine import Engine
from workflow.errors import Stale
from workflow.phrase import phrase
from workflow.sharing.entries import (
    ASKED,
    KEPT,
    LAPSED,
    LISTED,
    claimed,
    ends_with_consent,
    listed_until,
    note,
    tell,
    told_of,
)
from workflow.sharing.models import SharedEntry

# So long before it lapses the country is asked.
AHEAD = timedelta(days=30)
AT_ONCE = 200


def keep(session: Session, number: int, *, by: int, now: datetime) -> date:
    """Say that an entry still holds; returns the day up to which it is listed.

    Whoever speaks for the country says so, of a lapsed entry as well. Refuses one that nobody confirmed yet,
    and one that is listed to the end of its consent: that is what has to be given anew.
    """
    entry, duties = claimed(session, number, by, now.date())
    acting = duties.speaking(entry.party_id)
    if entry.wording is None:
        raise Stale(phrase("This entry waits for a second person; it is not listed yet."))
    if entry.consent_until is not None and entry.consent_until < now.date():
        raise Stale(
            phrase("The consent of the expert has ended. Word the entry anew, with a new consent.")
        )
    until = listed_until(now.date(), entry.consent_until)
    if ends_with_consent(entry) and until == entry.holds_until:
        raise Stale(
            phrase(
                "This is listed to the end of the consent of the expert already. Word the entry anew, "
                "with a new consent."
            )
        )
    told = SharingKept(**told_of(session, entry), until=until)
    done = tell(session, told, by, acting, now)
    entry.state, entry.holds_until, entry.asked_at = LISTED, until, None
    note(session, entry, KEPT, until, by, done)
    session.flush()
    return until


def ask_and_lapse(engine: Engine) -> int:
    """Ask of what ends soon whether it still holds, and let lapse what nobody spoke for; how many it was.

    Each is written in a transaction of its own, so that of two workers the second finds it done.
    """
    now = engine.now()
    with engine.reading() as session:
        due = session.scalars(_due(now.date()).limit(AT_ONCE)).all()
    return sum(_one(engine, number, now) for number in due)


def _one(engine: Engine, number: int, now: datetime) -> bool:
    with engine.transaction() as session:
        entry = session.scalars(
            select(SharedEntry).where(SharedEntry.id == number).with_for_update()
        ).one()
        if session.scalar(_due(now.date()).where(SharedEntry.id == number)) is None:
            return False
        until = entry.holds_until or now.date()
        if until < now.date():
            told = SharingLapsed(**told_of(session, entry), until=until)
            done = tell(session, told, None, None, now)
            entry.state, entry.asked_at = LAPSED, None
            note(session, entry, LAPSED, until, None, done)
        else:
            asked = SharingQuestioned(**told_of(session, entry), until=until)
            done = tell(session, asked, None, None, now)
            entry.asked_at = done.at
            note(session, entry, ASKED, until, None, done)
        return True


def _due(today: date) -> Select[int]:
    ended = SharedEntry.holds_until < today
    asked = SharedEntry.asked_at.is_(None) & (SharedEntry.holds_until <= today + AHEAD)
    return (
        select(SharedEntry.id)
        .where(SharedEntry.state == LISTED, ended | asked)
        .order_by(SharedEntry.holds_until, SharedEntry.id)
    )
