"""One entry of what countries share: what it says, where it is used, what came before, and what one may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import known_to
from workflow.people.models import Party, Person
from workflow.sharing.content import Content
from workflow.sharing.duties import SharingDuties, sharing_duties
from workflow.sharing.entries import WITHDRAWN, ends_with_consent, is_listed, listed_on, no_entry
from workflow.sharing.models import SharedAct, SharedEntry, SharedUse, SharedWording

# What an entry belongs to, and so many of what belongs to one, stand on its page.
MOST = 50


@dataclass(frozen=True, slots=True)
class EntryTurn:
    """What happened to an entry once: `act` is worded, confirmed, declined, asked, kept, lapsed or withdrawn."""

    at: datetime
    act: str
    who: str
    wording: int | None = None
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """Another entry, by its number and title."""

    number: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Use:
    """A programme that uses the entry; `own` says that the reader takes part in it."""

    ref: str
    title: str
    own: bool


@dataclass(frozen=True, slots=True)
class WaitingWording:
    """A wording that waits for a second person; `own` says that the reader worded it."""

    number: int
    content: Content
    who: str
    own: bool
    consent: str
    consented_on: date | None
    consented_until: date | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry as one person may look at it.

    `inside` is whether its consent and history are shown: to its country and the house. `newest` is how it
    was worded last, confirmed or not, for whoever words it anew.
    """

    number: int
    kind: str
    state: str
    party: str
    iso3: str
    country: str
    listed: bool
    holds_until: date | None
    consent_until: date | None
    ends_with_consent: bool
    in_files: bool
    asked: bool
    content: Content | None
    wording: int
    newest: Content | None
    waiting: WaitingWording | None
    institution: Kin | None
    members: tuple[Kin, ...]
    uses: tuple[Use, ...]
    history: tuple[EntryTurn, ...]
    inside: bool
    speaks: bool
    seconds: bool


def entry_page(session: Session, person: int, number: int, now: datetime) -> EntryPage:
    """One entry; refuses one that is not listed to whoever is neither of its country nor of the house."""
    entry = session.get(SharedEntry, number)
    today = now.date()
    duties = sharing_duties(session, person, today)
    if entry is None or not (is_listed(entry, today) or duties.sees(entry.party_id)):
        raise no_entry(number)
    party = session.get_one(Party, entry.party_id)
    inside = duties.sees(entry.party_id)
    worded = _wordings(session, number)
    return EntryPage(
        number=number,
        kind=entry.kind,
        state=entry.state,
        party=party.key,
        iso3=party.iso3 or "",
        country=party.name,
        listed=is_listed(entry, today),
        holds_until=entry.holds_until,
        consent_until=entry.consent_until,
        ends_with_consent=ends_with_consent(entry),
        in_files=entry.in_files,
        asked=entry.asked_at is not None,
        content=_content(worded, entry),
        wording=max(worded, default=0),
        newest=_newest(worded) if inside else None,
        waiting=_waiting(session, worded, person) if inside else None,
        institution=_institution(session, entry, today),
        members=_members(session, number, today),
        uses=_uses(session, number, person, today),
        history=_history(session, number, worded) if inside else (),
        inside=inside,
        **_may(duties, entry),
    )


def _may(duties: SharingDuties, entry: SharedEntry) -> Mapping[str, bool]:
    open_to = entry.state != WITHDRAWN
    speaks = open_to and entry.party_id in duties.countries
    return {"speaks": speaks, "seconds": open_to and (speaks or duties.house is not None)}


def _wordings(session: Session, number: int) -> dict[int, SharedWording]:
    rows = select(SharedWording).where(SharedWording.entry_id == number)
    return {row.number: row for row in session.scalars(rows.order_by(SharedWording.number))}


def _content(worded: Mapping[int, SharedWording], entry: SharedEntry) -> Content | None:
    """What was confirmed last; nothing before the first, and where it was erased."""
    row = worded.get(entry.wording or 0)
    return Content.read(row.content) if row and row.content else None


def _newest(worded: Mapping[int, SharedWording]) -> Content | None:
    row = worded.get(max(worded, default=0))
    return Content.read(row.content) if row and row.content else None


def _waiting(
    session: Session, worded: Mapping[int, SharedWording], person: int
) -> WaitingWording | None:
    row = next((each for each in worded.values() if not each.outcome), None)
    if row is None or not row.content:
        return None
    return WaitingWording(
        number=row.number,
        content=Content.read(row.content),
        who=session.get_one(Person, row.asked_by).name,
        own=row.asked_by == person,
        consent=row.consent,
        consented_on=row.consented_on,
        consented_until=row.consented_until,
    )


def _institution(session: Session, entry: SharedEntry, today: date) -> Kin | None:
    if entry.institution_id is None:
        return None
    found = session.get_one(SharedEntry, entry.institution_id)
    return Kin(found.id, found.kind, found.title) if is_listed(found, today) else None


def _members(session: Session, number: int, today: date) -> tuple[Kin, ...]:
    rows = session.scalars(
        select(SharedEntry)
        .where(SharedEntry.institution_id == number)
        .order_by(SharedEntry.title_key, SharedEntry.id)
        .limit(MOST)
    )
    return tuple(Kin(each.id, each.kind, each.title) for each in rows if is_listed(each, today))


def _uses(session: Session, number: int, person: int, today: date) -> tuple[Use, ...]:
    """The programmes that use it, as far as the person may know of them."""
    rows = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title, takes_part(person, today))
        .join(SharedUse, SharedUse.case_id == LifecycleCase.id)
        .where(SharedUse.entry_id == number, known_to(person, today))
        .order_by(SharedUse.at, LifecycleCase.id)
        .limit(MOST)
    )
    return tuple(Use(ref, title, bool(own)) for ref, title, own in rows)


def used_in(session: Session, ref: str, today: date) -> tuple[Kin, ...]:
    """What countries share and a programme uses, by title, as far as it is listed today."""
    rows = session.execute(
        select(SharedEntry.id, SharedEntry.kind, SharedEntry.title)
        .join(SharedUse, SharedUse.entry_id == SharedEntry.id)
        .join(LifecycleCase, LifecycleCase.id == SharedUse.case_id)
        .where(LifecycleCase.ref == ref, listed_on(today))
        .order_by(SharedEntry.title_key, SharedEntry.id)
        .limit(MOST)
    )
    return tuple(Kin(*row) for row in rows)


def _history(
    session: Session, number: int, worded: Mapping[int, SharedWording]
) -> tuple[EntryTurn, ...]:
    """Everything that happened to it, the newest first; of what was erased, that it was there."""
    acts = list(session.scalars(select(SharedAct).where(SharedAct.entry_id == number)))
    people = {each for row in worded.values() for each in (row.asked_by, row.decided_by)}
    people |= {act.person_id for act in acts}
    known = select(Person.id, Person.name).where(Person.id.in_(people - {None}))
    names = dict(session.execute(known).all())
    turns = [
        (
            act.event_seq,
            EntryTurn(act.at, act.act, names.get(act.person_id or 0, ""), until=act.until),
        )
        for act in acts
    ]
    for row in worded.values():
        turns.append(
            (row.event_seq, EntryTurn(row.asked_at, "worded", names[row.asked_by], row.number))
        )
        if row.decided_at is not None and row.decision_seq is not None:
            who = names.get(row.decided_by or 0, "")
            turn = EntryTurn(row.decided_at, row.outcome, who, row.number, reason=row.reason)
            turns.append((row.decision_seq, turn))
    return tuple(turn for _, turn in sorted(turns, key=lambda each: -each[0]))
