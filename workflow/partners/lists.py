"""The partners that somebody may know of: until when each is vetted, what it agreed to, and what is still open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_among_many
from workflow.partners.looked_for import holds, refused
from workflow.partners.models import PartnerAgreement, PartnerVetting
from workflow.people.models import Party

PAGE, PORTION = 25, 200
# So long before its day a vetting is to be renewed.
SOON = timedelta(days=90)


class PartnerStanding(StrEnum):
    """How a partner stands: vetted, to be renewed, lapsed, refused, or not decided on."""

    VETTED = "vetted"
    SOON = "soon"
    LAPSED = "lapsed"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class PartnerFilters:
    """What the list is narrowed to; `after` is the key of the last partner of the page before."""

    text: str = ""
    kind: str = ""
    standing: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text or self.kind or self.standing)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner: how it stands, by which vetting and until when, and what it signed, by currency.

    `conditions` are those of its vetting of which nobody said that they were met.
    """

    number: int
    key: str
    name: str
    kind: str
    standing: PartnerStanding
    vetting: str
    valid_until: date | None
    conditions: int
    agreements: int
    agreed: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PartnerList:
    """A page of partners by name; `next` is the key after which it goes on."""

    lines: tuple[PartnerLine, ...]
    filters: PartnerFilters
    next: str


@dataclass(frozen=True, slots=True)
class _Vetting:
    ref: str
    valid_until: date | None
    conditions: int
    decided: bool


_KIND: ColumnElement[str] = case((Party.sort != "", Party.sort), else_=Party.kind)
_NAME: ColumnElement[str] = func.lower(Party.name)


def partner_list(
    session: Session, person: int | None, filters: PartnerFilters, today: date, most: int = PAGE
) -> PartnerList:
    """A page of the partners that a person may know of; where nobody is named, whoever reads keeps the installation."""
    known = _known(person, today)
    asked = select(
        Party.id, Party.key, Party.name, _KIND.label("kind"), _standing(today).label("standing")
    ).where(or_(_of(PartnerVetting, known), _of(PartnerAgreement, known)))  # fmt: skip
    asked = asked.where(*_narrowed(session, filters, today))
    rows = session.execute(asked.order_by(_NAME, Party.id).limit(most + 1)).all()
    shown = rows[:most]
    numbers = [row.id for row in shown]
    vettings, agreed = _vettings(session, numbers, known), _agreed(session, numbers, known)
    lines = tuple(_line(row, vettings.get(row.id), agreed.get(row.id, {})) for row in shown)
    return PartnerList(lines, filters, lines[-1].key if len(rows) > most else "")


def every_partner(
    session: Session, person: int | None, filters: PartnerFilters, today: date
) -> Iterator[PartnerLine]:
    """Every partner of a list, to be taken away."""
    here: PartnerFilters | None = replace(filters, after="")
    while here is not None:
        page = partner_list(session, person, here, today, PORTION)
        yield from page.lines
        here = replace(here, after=page.next) if page.next else None


def _known(person: int | None, today: date) -> tuple[ColumnElement[bool], ...]:
    return () if person is None else (known_among_many(person, today),)


def _of(table: Any, known: tuple[ColumnElement[bool], ...]) -> ColumnElement[bool]:
    """The condition that there is such a row of a party, of a case that is known."""
    return exists().where(table.party_id == Party.id, LifecycleCase.id == table.case_id, *known)


def _standing(today: date) -> ColumnElement[str]:
    return case(
        (_renewable(today), PartnerStanding.SOON.value),
        (holds(Party.id, today), PartnerStanding.VETTED.value),
        (refused(Party.id), PartnerStanding.REFUSED.value),
        (_decided(), PartnerStanding.LAPSED.value),
        else_=PartnerStanding.UNDECIDED.value,
    )


def _renewable(today: date) -> ColumnElement[bool]:
    """The condition that a vetting holds, and none of the partner holds for longer than until soon."""
    return and_(holds(Party.id, today), ~holds(Party.id, today + SOON))


def _decided() -> ColumnElement[bool]:
    return exists().where(PartnerVetting.party_id == Party.id, PartnerVetting.result != "")


def _narrowed(
    session: Session, filters: PartnerFilters, today: date
) -> Iterator[ColumnElement[bool]]:
    if filters.text:
        yield _NAME.contains(filters.text.lower(), autoescape=True)
    if filters.kind:
        yield _KIND.in_((filters.kind,))
    if filters.standing in set(PartnerStanding):
        yield _standing(today) == filters.standing
    if filters.after:
        place = select(_NAME, Party.id).where(Party.key == filters.after)
        found = session.execute(place).first()
        if found is not None:
            yield tuple_(_NAME, Party.id) > tuple(found)


def _vettings(
    session: Session, parties: Sequence[int], known: tuple[ColumnElement[bool], ...]
) -> Mapping[int, _Vetting]:
    """The newest vetting of each that is known, one that was decided before one that was not."""
    asked = (
        select(PartnerVetting, LifecycleCase.ref)
        .join(LifecycleCase, LifecycleCase.id == PartnerVetting.case_id)
        .where(PartnerVetting.party_id.in_(parties), *known)
        .order_by(PartnerVetting.result != "", PartnerVetting.decided_on, PartnerVetting.case_id)
    )
    return {
        row.party_id: _Vetting(ref, row.valid_until, row.conditions - row.met, row.result != "")
        for row, ref in session.execute(asked)
    }


def _agreed(
    session: Session, parties: Sequence[int], known: tuple[ColumnElement[bool], ...]
) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """By partner and currency, how many agreements it signed and how many hundredths they come to."""
    asked = (
        select(
            PartnerAgreement.party_id, PartnerAgreement.currency, func.count(),
            func.sum(PartnerAgreement.hundredths),
        )
        .join(LifecycleCase, LifecycleCase.id == PartnerAgreement.case_id)
        .where(
            PartnerAgreement.party_id.in_(parties), PartnerAgreement.signed_on.is_not(None), *known
        )
        .group_by(PartnerAgreement.party_id, PartnerAgreement.currency)
        .order_by(PartnerAgreement.party_id, PartnerAgreement.currency)
    )  # fmt: skip
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for party, currency, number, hundredths in session.execute(asked):
        found.setdefault(party, {})[currency] = (number, int(hundredths))
    return found


def _line(row: Any, vetting: _Vetting | None, agreed: Mapping[str, tuple[int, int]]) -> PartnerLine:
    return PartnerLine(
        number=row.id,
        key=row.key,
        name=row.name,
        kind=row.kind,
        standing=PartnerStanding(row.standing),
        vetting=vetting.ref if vetting else "",
        valid_until=vetting.valid_until if vetting else None,
        conditions=vetting.conditions if vetting else 0,
        agreements=sum(number for number, _ in agreed.values()),
        agreed=tuple(
            (currency, Decimal(hundredths).scaleb(-2))
            for currency, (_, hundredths) in agreed.items()
            if hundredths
        ),
    )
