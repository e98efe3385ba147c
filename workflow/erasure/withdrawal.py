"""Withdrawing what a country shares: it goes from every page at once, and its texts are erased for good."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.audit.events.sharing.entries import SharingWithdrawn
from workflow.engine.engine import Engine
from workflow.erasure.erase import ErasureRequest, erase_within, texts_left
from workflow.erasure.register import RegisterEntry
from workflow.sharing.duties import SharingOffice
from workflow.sharing.entries import WITHDRAWN, claimed, list_anew, note, tell, told_of
from workflow.sharing.models import SharedEntry, SharedWording
from workflow.vocabulary import REGISTER

ASKED_FOR = "Entry {number} of what countries share was withdrawn"
RAN_OUT = "The consent to entry {number} of what countries share ended on {day}"
AT_ONCE = 200


def withdraw(engine: Engine, person: int, number: int) -> tuple[RegisterEntry, ...]:
    """Withdraw an entry for good and erase what it said, in one transaction; returns what was erased.

    Whoever speaks for the country does it alone, or an officer of the house: an expert asks either of
    them. Keep what is returned outside of the database, then sweep it. Refuses somebody of another country.
    """
    now = engine.now()
    with engine.transaction() as session:
        entry, duties = claimed(session, number, person, now.date())
        acting = duties.seconding(entry.party_id)
        return _gone(session, entry, ASKED_FOR.format(number=number), now, person, acting)


def withdraw_without_consent(engine: Engine) -> tuple[RegisterEntry, ...]:
    """Withdraw every expert whose consent has ended; returns what was erased."""
    now = engine.now()
    with engine.reading() as session:
        ended = session.scalars(_unconsented(now.date()).limit(AT_ONCE)).all()
    return tuple(made for number in ended for made in _ran_out(engine, number, now))


def _ran_out(engine: Engine, number: int, now: datetime) -> tuple[RegisterEntry, ...]:
    with engine.transaction() as session:
        entry = session.get_one(SharedEntry, number, with_for_update=True, populate_existing=True)
        if session.scalar(_unconsented(now.date()).where(SharedEntry.id == number)) is None:
            return ()
        basis = RAN_OUT.format(number=number, day=entry.consent_until)
        return _gone(session, entry, basis, now)


def _unconsented(today: date) -> Select[int]:
    """The experts whose consent has ended, one that waits to be confirmed with a new one left alone."""
    renewed = (
        select(SharedWording.id)
        .where(
            SharedWording.entry_id == SharedEntry.id,
            SharedWording.outcome == "",
            SharedWording.consented_until >= today,
        )
        .exists()
    )
    return (
        select(SharedEntry.id)
        .where(SharedEntry.state != WITHDRAWN, SharedEntry.consent_until < today, ~renewed)
        .order_by(SharedEntry.id)
    )


def _gone(
    session: Session,
    entry: SharedEntry,
    basis: str,
    now: datetime,
    person: int | None = None,
    acting: SharingOffice | None = None,
) -> tuple[RegisterEntry, ...]:
    done = tell(session, SharingWithdrawn(**told_of(session, entry)), person, acting, now)
    list_anew(session, entry, None)
    entry.state, entry.asked_at = WITHDRAWN, None
    note(session, entry, WITHDRAWN, None, person, done)
    session.flush()
    worded = select(SharedWording.event_seq, SharedWording.decision_seq)
    rows = session.execute(worded.where(SharedWording.entry_id == entry.id)).all()
    seqs = [seq for row in rows for seq in row if seq is not None]
    return tuple(
        made
        for seq, fields in texts_left(session, REGISTER, seqs).items()
        for made in erase_within(session, person, ErasureRequest(REGISTER, seq, fields, basis), now)
    )
