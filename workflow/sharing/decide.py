"""The second pair of eyes: a wording of an entry is confirmed or declined by somebody else."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.audit.events.sharing.entries import SharingConfirmed, SharingDeclined
from workflow.audit.trail import Written
from workflow.errors import ConflictOfDuties, Stale
from workflow.people.four_eyes.second import CONFIRMED, DECLINED, reason_to_decline
from workflow.phrase import phrase
from workflow.sharing.content import Content
from workflow.sharing.duties import SharingOffice
from workflow.sharing.entries import (
    LISTED,
    claimed,
    list_anew,
    listed_until,
    open_wording,
    tell,
    told_of,
)
from workflow.sharing.models import SharedEntry, SharedWording


def confirm(session: Session, number: int, wording: int, *, by: int, now: datetime) -> date:
    """Confirm the wording of an entry that waits; returns the day up to which it is listed.

    Refuses whoever worded it, and a wording that does not wait any more.
    """
    entry, waits, acting = _to_decide(session, number, wording, by, now)
    consented = waits.consented_until or entry.consent_until
    if consented is not None and consented < now.date():
        raise Stale(
            phrase("The consent of the expert has ended meanwhile. Decline it; ask for a new one.")
        )
    until = listed_until(now.date(), consented)
    told = SharingConfirmed(
        **told_of(session, entry), wording=wording, asked_by=waits.asked_by, until=until
    )
    done = tell(session, told, by, acting, now)
    _decided(waits, CONFIRMED, by, done)
    entry.state, entry.wording, entry.holds_until = LISTED, wording, until
    entry.consent_until, entry.asked_at = consented, None
    if waits.consented_until is not None:
        entry.in_files = waits.consented_files
    list_anew(session, entry, Content.read(waits.content))
    return until


def decline(
    session: Session, number: int, wording: int, reason: str, *, by: int, now: datetime
) -> None:
    """Decline a wording with the reason; what was listed before stays listed as it was."""
    reason = reason_to_decline(reason)
    entry, waits, acting = _to_decide(session, number, wording, by, now)
    told = SharingDeclined(
        **told_of(session, entry), wording=wording, asked_by=waits.asked_by, reason=reason
    )
    done = tell(session, told, by, acting, now)
    _decided(waits, DECLINED, by, done)
    waits.reason = reason
    session.flush()


def _to_decide(
    session: Session, number: int, wording: int, by: int, now: datetime
) -> tuple[SharedEntry, SharedWording, SharingOffice]:
    entry, duties = claimed(session, number, by, now.date())
    acting = duties.seconding(entry.party_id)
    waits = open_wording(session, number)
    if waits is None or waits.number != wording:
        raise Stale(phrase("This wording was decided on already, or there is none."))
    if waits.asked_by == by:
        raise ConflictOfDuties(
            phrase("You worded this; a second person has to confirm it, or decline.")
        )
    return entry, waits, acting


def _decided(waits: SharedWording, outcome: str, by: int, done: Written) -> None:
    waits.outcome, waits.decided_by = outcome, by
    waits.decided_at, waits.decision_seq = done.at, done.seq
