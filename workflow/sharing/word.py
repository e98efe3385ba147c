"""Wording an entry: a country's focal point or authority says what is shared; a second person confirms."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.events.sharing.entries import SharingWorded
from workflow.errors import Invalid, Stale
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase
from workflow.sharing.content import EXPERT, INSTITUTION, Content, checked
from workflow.sharing.duties import COUNTRY, SharingOffice, sharing_duties
from workflow.sharing.entries import (
    WAITING,
    claimed,
    is_listed,
    open_wording,
    tell,
    told_of,
)
from workflow.sharing.models import SharedEntry, SharedWording

# Nobody consents for longer than to what they can still oversee.
LONGEST_CONSENT = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Consent:
    """That an expert agreed to be listed: on which day, up to which, and to which words.

    `files` says that they agreed to stand in files to be taken away as well.
    """

    given_on: date
    until: date
    words: str
    files: bool = False


@dataclass(frozen=True, slots=True)
class SharingWish:
    """What is to be entered of a country, called by its key; an expert is entered with the consent."""

    kind: str
    party: str
    content: Content
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class ActOfWording:
    """Whose act a wording is, under which office, and when."""

    by: int
    acting: SharingOffice
    now: datetime


def enter(session: Session, wish: SharingWish, *, by: int, now: datetime) -> int:
    """Enter what a country shares, to be confirmed by a second person; returns the number of the entry.

    Refuses whoever does not speak for the country, at its field what is missing, and an expert without
    a consent that lasts.
    """
    party = session.scalars(select(Party).where(Party.key == wish.party)).one_or_none()
    if party is None or party.kind != COUNTRY:
        raise Invalid(
            phrase("There is no country called %(key)s.", key=f"{wish.party!r:.60}"),
            {"party": phrase("Choose a country from the list.")},
        )
    acting = sharing_duties(session, by, now.date(), locked=True).speaking(party.id)
    content = _checked(session, wish.kind, wish.content, party.id, now)
    consent = _consent(wish.kind, wish.consent, now.date(), needed=True)
    until = consent.until if consent else None
    entry = SharedEntry(kind=wish.kind, party_id=party.id, state=WAITING, consent_until=until)
    session.add(entry)
    session.flush()
    _word(session, entry, content, consent, ActOfWording(by, acting, now))
    return entry.id


def change(
    session: Session,
    number: int,
    content: Content,
    seen: int,
    *,
    by: int,
    now: datetime,
    consent: Consent | None = None,
) -> int:
    """Word an entry anew, after its wording number `seen`; what is listed stays until that is confirmed.

    Refuses somebody of another country, one that waits for a second person already, and an expert
    whose consent has ended and is not given anew.
    """
    entry, duties = claimed(session, number, by, now.date())
    acting = duties.speaking(entry.party_id)
    if open_wording(session, number) is not None:
        raise Stale(
            phrase("A wording of this entry waits for a second person. Have it decided first.")
        )
    if newest(session, number) != seen:
        raise Stale(phrase("Somebody has worded this entry anew meanwhile. Look at it first."))
    content = _checked(session, entry.kind, content, entry.party_id, now)
    ended = entry.consent_until is None or entry.consent_until < now.date()
    given = _consent(entry.kind, consent, now.date(), needed=ended)
    return _word(session, entry, content, given, ActOfWording(by, acting, now))


def newest(session: Session, number: int) -> int:
    """The number of the newest wording of an entry."""
    last = select(func.max(SharedWording.number)).where(SharedWording.entry_id == number)
    return session.scalar(last) or 0


def _word(
    session: Session,
    entry: SharedEntry,
    content: Content,
    consent: Consent | None,
    act: ActOfWording,
) -> int:
    number, written = newest(session, entry.id) + 1, content.written()
    told = SharingWorded(
        **told_of(session, entry),
        wording=number,
        content=written,
        consented_on=consent.given_on if consent else None,
        consented_until=consent.until if consent else None,
        consented_files=consent.files if consent else False,
        consent=consent.words if consent else "",
    )
    done = tell(session, told, act.by, act.acting, act.now)
    session.add(
        SharedWording(
            entry_id=entry.id,
            number=number,
            content=written,
            consented_on=told.consented_on,
            consented_until=told.consented_until,
            consented_files=told.consented_files,
            consent=consent.words if consent else "",
            asked_by=act.by,
            asked_at=done.at,
            event_seq=done.seq,
        )
    )
    session.flush()
    return number


def _checked(
    session: Session, kind: str, content: Content, party_id: int, now: datetime
) -> Content:
    kept = checked(kind, content)
    if kept.institution is None:
        return kept
    found = session.get(SharedEntry, kept.institution)
    fits = found is not None and found.kind == INSTITUTION and found.party_id == party_id
    if found is None or not fits or not is_listed(found, now.date()):
        said = phrase("Choose an institution of the same country that is listed.")
        raise Invalid(said, {"institution": said})
    return kept


def _consent(kind: str, consent: Consent | None, today: date, *, needed: bool) -> Consent | None:
    """The consent as it is kept; refuses none where one is needed, and one of what is no person."""
    if kind != EXPERT:
        if consent is not None:
            said = phrase("Only a person consents; this is no expert.")
            raise Invalid(said, {"consent": said})
        return None
    if consent is None:
        if needed:
            said = phrase(
                "An expert is entered with their consent alone: when, until when and to what."
            )
            raise Invalid(said, {"consent": said})
        return None
    kept = replace(consent, words=kept_prose(consent.words, "consent"))
    faults = _faults(kept, today)
    if faults:
        raise Invalid(phrase("The consent does not cover this."), faults)
    return kept


def _faults(consent: Consent, today: date) -> dict[str, Phrase]:
    faults = {}
    if not 1 <= len(consent.words) <= LONGEST_REASON:
        faults["consent"] = phrase(
            "Write down what the expert agreed to, in at most %(most)s characters.",
            most=LONGEST_REASON,
        )
    if consent.given_on > today:
        faults["consented_on"] = phrase("A consent cannot have been given on a day to come.")
    if consent.until <= today:
        faults["consented_until"] = phrase("The consent has to last beyond today.")
    elif consent.until - consent.given_on > LONGEST_CONSENT:
        faults["consented_until"] = phrase(
            "A consent lasts three years at most; then it is asked anew."
        )
    return faults
