"""The list of what countries share, filtered and searched, and what of one's own is not listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from workflow.people.models import Party
from workflow.reference import reference
from workflow.sharing.content import EXPERT, KINDS, Content
from workflow.sharing.duties import SharingDuties, sharing_duties
from workflow.sharing.entries import (
    LISTED,
    WITHDRAWN,
    ends_with_consent,
    is_listed,
    listed_on,
)
from workflow.sharing.models import SharedEntry, SharedFacet, SharedWording
from workflow.sharing.search import mentioning

PAGE, PORTION = 25, 500
# So many of one's own that are not listed stand beside the list.
OWN = 50
FACETS = ("area", "goal", "language", "form")


@dataclass(frozen=True, slots=True)
class SharingFilters:
    """What the list is narrowed to; `after` is the number of the last entry of the page before."""

    text: str = ""
    kind: str = ""
    area: str = ""
    goal: str = ""
    language: str = ""
    form: str = ""
    country: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "after")


@dataclass(frozen=True, slots=True)
class SharedLine:
    """An entry as a list shows it; one that was never confirmed has no title yet."""

    number: int
    kind: str
    title: str
    party: str
    iso3: str
    country: str
    state: str
    holds_until: date | None
    ends_with_consent: bool
    asked: bool
    waits: bool
    institution: str
    areas: tuple[str, ...]
    goals: tuple[str, ...]
    languages: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharingList:
    """A page of what is listed, and of one's own what waits, was asked about or has lapsed."""

    lines: tuple[SharedLine, ...]
    filters: SharingFilters
    next: str
    own: tuple[SharedLine, ...]
    countries: tuple[tuple[str, str], ...]


def sharing_list(
    session: Session, person: int, filters: SharingFilters, now: datetime
) -> SharingList:
    """What is listed today and the filters leave, by title, from one entry on."""
    today = now.date()
    found = _keys(session, filters, today, PAGE + 1, files=False)
    duties = sharing_duties(session, person, today)
    keys = dict(session.execute(_named(duties.countries)).all()) if duties.countries else {}
    return SharingList(
        lines=_lines(session, found[:PAGE], today),
        filters=filters,
        next=str(found[PAGE - 1]) if len(found) > PAGE else "",
        own=_own(session, duties, today),
        countries=tuple(sorted(keys.items())),
    )


def every_entry(session: Session, filters: SharingFilters, now: datetime) -> Iterator[SharedLine]:
    """Every entry that is listed and the filters leave, without experts who did not agree to files."""
    here = replace(filters, after="")
    while found := _keys(session, here, now.date(), PORTION, files=True):
        yield from _lines(session, found, now.date())
        here = replace(here, after=str(found[-1]))


def _named(countries: Any) -> Select[str, str]:
    return select(Party.key, Party.name).where(Party.id.in_(countries))


def _keys(
    session: Session, filters: SharingFilters, today: date, most: int, *, files: bool
) -> list[int]:
    asked = select(SharedEntry.id).where(listed_on(today), *_conditions(filters))
    if files:
        asked = asked.where(or_(SharedEntry.kind != EXPERT, SharedEntry.in_files))
    if filters.after.isdecimal():
        place = select(SharedEntry.title_key).where(SharedEntry.id == int(filters.after[:9]))
        key = session.scalar(place)
        if key is not None:
            here = tuple_(SharedEntry.title_key, SharedEntry.id)
            asked = asked.where(here > (key, int(filters.after[:9])))
    ordered = asked.order_by(SharedEntry.title_key, SharedEntry.id).limit(most)
    return list(session.scalars(ordered))


def _conditions(filters: SharingFilters) -> Iterator[Any]:
    if filters.kind in KINDS:
        yield SharedEntry.kind == filters.kind
    for facet in FACETS:
        value = getattr(filters, facet)
        if value:
            held = select(SharedFacet.entry_id)
            yield SharedEntry.id.in_(
                held.where(SharedFacet.facet == facet, SharedFacet.value == value)
            )
    if filters.country in reference().countries:
        its_party = select(Party.id).where(Party.iso3 == filters.country)
        yield SharedEntry.party_id == its_party.scalar_subquery()
    if filters.text:
        yield mentioning(filters.text)


def asked_of(session: Session, person: int, now: datetime) -> tuple[SharedLine, ...]:
    """What somebody is asked about what countries share: to confirm a wording of others, or whether it holds."""
    today = now.date()
    duties = sharing_duties(session, person, today)
    own = select(SharedWording.entry_id).where(
        SharedWording.outcome == "", SharedWording.asked_by == person
    )
    worded = set(session.scalars(own)) if duties.any else set()
    return tuple(
        line
        for line in _own(session, duties, today)
        if line.asked or (line.waits and line.number not in worded)
    )


def _own(session: Session, duties: SharingDuties, today: date) -> tuple[SharedLine, ...]:
    """What waits for somebody of these countries, or of the house: to be confirmed, kept or given up."""
    if not duties.any:
        return ()
    numbers = {*session.scalars(_waiting(duties)), *session.scalars(_unkept(duties, today))}
    found = sorted(numbers, reverse=True)[:OWN]
    titles = _titles(session, found)
    return tuple(
        replace(line, title=line.title or titles.get(line.number, ""))
        for line in _lines(session, found, today)
    )


def _waiting(duties: SharingDuties) -> Select[int]:
    """The newest entries of which a wording waits for somebody of the house, or of these countries."""
    waits = (
        select(SharedWording.entry_id)
        .join(SharedEntry, SharedEntry.id == SharedWording.entry_id)
        .where(SharedWording.outcome == "", SharedEntry.state != WITHDRAWN)
    )
    if duties.house is None:
        waits = waits.where(SharedEntry.party_id.in_(duties.countries))
    return waits.order_by(SharedWording.entry_id.desc()).limit(OWN)


def _unkept(duties: SharingDuties, today: date) -> Select[int]:
    """The newest entries of these countries that are asked about, or not listed any more."""
    over = or_(SharedEntry.state != LISTED, SharedEntry.holds_until < today)
    return (
        select(SharedEntry.id)
        .where(
            SharedEntry.party_id.in_(duties.countries),
            SharedEntry.state != WITHDRAWN,
            or_(over, SharedEntry.asked_at.is_not(None)),
        )
        .order_by(SharedEntry.id.desc())
        .limit(OWN)
    )


def _titles(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """How entries are called that were never confirmed: as they are worded by now."""
    worded = (
        select(SharedWording.entry_id, SharedWording.content)
        .where(SharedWording.entry_id.in_(numbers), SharedWording.content != "")
        .order_by(SharedWording.number)
    )
    return {number: Content.read(text).title for number, text in session.execute(worded)}


def _shown(institution: SharedEntry | None, today: date) -> str:
    return institution.title if institution is not None and is_listed(institution, today) else ""


def _lines(session: Session, numbers: Sequence[int], today: date) -> tuple[SharedLine, ...]:
    """The entries of these numbers, in their order."""
    if not numbers:
        return ()
    institution = aliased(SharedEntry)
    rows = session.execute(
        select(SharedEntry, Party.key, Party.iso3, Party.name, institution)
        .join(Party, Party.id == SharedEntry.party_id)
        .outerjoin(institution, institution.id == SharedEntry.institution_id)
        .where(SharedEntry.id.in_(numbers))
    )
    held = _facets(session, numbers)
    open_ones = select(SharedWording.entry_id).where(
        SharedWording.entry_id.in_(numbers), SharedWording.outcome == ""
    )
    waiting = set(session.scalars(open_ones))
    found = {
        entry.id: SharedLine(
            number=entry.id,
            kind=entry.kind,
            title=entry.title,
            party=key,
            iso3=iso3 or "",
            country=name,
            state=entry.state,
            holds_until=entry.holds_until,
            ends_with_consent=ends_with_consent(entry),
            asked=entry.asked_at is not None,
            waits=entry.id in waiting,
            institution=_shown(belongs, today),
            areas=tuple(held.get((entry.id, "area"), ())),
            goals=tuple(sorted(held.get((entry.id, "goal"), ()), key=int)),
            languages=tuple(held.get((entry.id, "language"), ())),
            forms=tuple(held.get((entry.id, "form"), ())),
        )
        for entry, key, iso3, name, belongs in rows
    }
    return tuple(found[number] for number in numbers if number in found)


def _facets(session: Session, numbers: Sequence[int]) -> dict[tuple[int, str], list[str]]:
    """What each entry is listed under, by the entry and the kind of what it is."""
    held: dict[tuple[int, str], list[str]] = {}
    of = select(SharedFacet).where(SharedFacet.entry_id.in_(numbers)).order_by(SharedFacet.value)
    for facet in session.scalars(of):
        held.setdefault((facet.entry_id, facet.facet), []).append(facet.value)
    return held
