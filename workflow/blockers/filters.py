"""What a list of blockers is narrowed by, and the lines that it finds by an index, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, select, true
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import knows_of
from workflow.frameworks.models import Framework
from workflow.people.models import Party
from workflow.programmes.lists.orders import Order
from workflow.programmes.models import ListedBlocker

PAGE = 25
# Of a country, and of one's own, so many lines are looked at for a page; the page says where it looks on.
LOOKED_AT = 500
OLDEST = Order((ListedBlocker.since, ListedBlocker.case_id))
TAKING_PART = ("beneficiary", "lead", "convenor", "proposer")


@dataclass(frozen=True, slots=True)
class BlockerFilters:
    """What is asked for: of a framework or an owner by its key, a country by its code, of a category, under a programme.

    Those that have `ended` are listed instead of those that are open; `after` is where the page begins.
    """

    framework: str = ""
    country: str = ""
    owner: str = ""
    category: str = ""
    programme: str = ""
    ended: bool = False
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether fewer are asked for than there are."""
        return any((self.framework, self.country, self.owner, self.category, self.programme))


@dataclass(frozen=True, slots=True)
class BlockersFound:
    """The lines that were found, by their cases, and after which line to look on, if there is more."""

    cases: tuple[int, ...]
    next: str


def looked(
    session: Session, filters: BlockerFilters, person: int | None, now: datetime, most: int = PAGE
) -> BlockersFound:
    """The blockers that a person may know of and the filters leave, the oldest first, `most` at once.

    Where nobody is named, whoever reads keeps the installation, and every one is found.
    """
    share = max(most + 1, LOOKED_AT) if filters.country else most + 1
    rows = session.execute(_lines(session, filters, share, person, now.date())).all()
    found: list[int] = []
    place: Any = None
    for row in rows[: share - 1]:
        if len(found) == most:
            break
        place = row
        if row.fits:
            found.append(row.case_id)
    more = place is not None and place is not rows[-1]
    return BlockersFound(tuple(found), OLDEST.cursor((place.since, place.case_id)) if more else "")


def _lines(
    session: Session, filters: BlockerFilters, share: int, person: int | None, today: date
) -> Select[Any]:
    """So many lines in their order that the person may know of, each with whether it is shown."""
    line = ListedBlocker
    wanted = select(line.case_id, line.since).where(
        *_conditions(session, filters), *known_lines(person, today)
    )
    if (place := OLDEST.key(filters.after)) is not None:
        wanted = wanted.where(OLDEST.beyond(place, backwards=False))
    share_of = wanted.order_by(line.since, line.case_id).limit(share).subquery("looked")
    fits = _of_country(share_of.c.case_id, filters.country) if filters.country else true()
    shown = select(share_of.c.case_id, share_of.c.since, fits.label("fits"))
    return shown.order_by(share_of.c.since, share_of.c.case_id)


def known_lines(person: int | None, today: date) -> Sequence[ColumnElement[bool]]:
    """That somebody may know of the blocker of a line and of its programme; all lines where nobody is named."""
    if person is None:
        return ()
    line = ListedBlocker
    return tuple(knows_of(each, person, today) for each in (line.case_id, line.programme_id))


def _conditions(session: Session, filters: BlockerFilters) -> Sequence[ColumnElement[bool]]:
    line = ListedBlocker
    found: list[ColumnElement[bool]] = [line.ended.is_(filters.ended)]
    if filters.framework:
        found.append(line.framework_id == _called(Framework, filters.framework))
    if filters.category:
        found.append(line.category == filters.category)
    if filters.owner:
        found.append(line.owner_id == _called(Party, filters.owner))
    if filters.programme:
        found.append(_under(session, filters.programme))
    return found


def _under(session: Session, ref: str) -> ColumnElement[bool]:
    """Of a programme everything below it; of a case under one what was raised there."""
    known = select(LifecycleCase.id, ChildCase.parent_id).outerjoin(
        ChildCase, ChildCase.case_id == LifecycleCase.id
    )
    case = session.execute(known.where(LifecycleCase.ref == ref)).first()
    if case is None:
        return false()
    below = select(ChildCase.case_id).where(ChildCase.parent_id == case.id)
    of_top: ColumnElement[bool] = ListedBlocker.programme_id == case.id
    return of_top if case.parent_id is None else ListedBlocker.case_id.in_(below)


def _called(of: type[Framework] | type[Party], key: str) -> Any:
    return select(of.id).where(of.key == key).scalar_subquery()


def _of_country(case_id: Any, key: str) -> ColumnElement[bool]:
    taking: ColumnElement[bool] = exists().where(
        CaseParty.case_id == case_id,
        CaseParty.party_id == select(Party.id).where(Party.iso3 == key).scalar_subquery(),
        CaseParty.capacity.in_(TAKING_PART),
    )
    return taking
