"""What pages show of frameworks: the list, and one framework whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.frameworks.models import Framework, FrameworkArea, FrameworkTerms
from workflow.phrase import phrase
from workflow.reading import asked_once
from workflow.reference import Choices, choices


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A framework as a list shows it."""

    key: str
    title: str
    symbol: str
    first_year: int
    last_year: int
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """One framework whole."""

    line: FrameworkLine
    board_step: str
    themes: tuple[str, ...]
    resources_usd_per_year: int | None
    confidence: str
    note: str


def framework_list(session: Session) -> tuple[FrameworkLine, ...]:
    """Every framework, the newest first, and then every fund."""
    listed = (
        select(Framework)
        .outerjoin(FrameworkTerms, FrameworkTerms.framework_id == Framework.id)
        .order_by(FrameworkTerms.kind, Framework.first_year.desc())
    )
    frameworks = session.scalars(listed.order_by(Framework.key)).all()
    areas = areas_of_each(session)
    return tuple(_line(framework, areas) for framework in frameworks)


def framework_page(session: Session, key: str) -> FrameworkPage:
    """One framework; refuses a key that belongs to none."""
    framework = framework_called(session, key)
    return FrameworkPage(
        line=_line(framework, areas_of_each(session)),
        board_step=framework.board_step,
        themes=tuple(part.strip() for part in framework.themes.split(";") if part.strip()),
        resources_usd_per_year=framework.resources_usd_per_year,
        confidence=framework.confidence,
        note=framework.note,
    )


@asked_once
def framework_called(session: Session, key: str) -> Framework:
    """The row of a framework; refuses a key that belongs to none."""
    framework = session.scalars(select(Framework).where(Framework.key == key)).one_or_none()
    if framework is None:
        raise NotFound(phrase("There is no framework called %(key)s.", key=key))
    return framework


def planned_day(told: str) -> date | None:
    """The day of a planned start as a proposal says it; none where it says no whole day."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def in_force(session: Session, on: date | None) -> Choices:
    """The frameworks and funds in force on a day, by key and title; all where no day is known."""
    terms = FrameworkTerms
    listed = (
        select(Framework)
        .join(terms, terms.framework_id == Framework.id)
        .order_by(terms.starts_on.desc(), Framework.key)
    )
    if on is not None:
        ends = or_(terms.ends_on.is_(None), terms.ends_on >= on)
        listed = listed.where(terms.starts_on <= on, ends)
    return tuple((each.key, titled(each)) for each in session.scalars(listed))


def lasting_keys(session: Session, today: date) -> frozenset[str]:
    """The keys of the frameworks and funds that are in force today or come into force later."""
    terms = FrameworkTerms
    lasts = or_(terms.ends_on.is_(None), terms.ends_on >= today)
    listed = select(Framework.key).join(terms, terms.framework_id == Framework.id)
    return frozenset(session.scalars(listed.where(lasts)))


@asked_once
def framework_names(session: Session) -> Mapping[str, str]:
    """What every framework and fund is called, by its key; those of the reference list as well."""
    known = dict(choices("frameworks"))
    return known | {each.key: titled(each) for each in session.scalars(select(Framework))}


def titled(framework: Framework) -> str:
    """The title with the years, said once: several frameworks in a row are called the same."""
    years = {str(framework.first_year), str(framework.last_year)}
    if years <= {*re.findall(r"\d{4}", framework.title)}:
        return framework.title
    return f"{framework.title}, {years_of(framework.first_year, framework.last_year)}"


def years_of(first: int, last: int) -> str:
    """The years in which a framework is in force; one of a single year, or without an end, says one."""
    return str(first) if first == last else f"{first}–{last}"


Areas = dict[int, list[str]]


def _line(framework: Framework, areas: Areas) -> FrameworkLine:
    return FrameworkLine(
        key=framework.key,
        title=framework.title,
        symbol=framework.symbol,
        first_year=framework.first_year,
        last_year=framework.last_year,
        areas=tuple(areas.get(framework.id, ())),
    )


@asked_once
def areas_of_each(session: Session) -> Areas:
    """The areas of each framework by its number, in order."""
    found: Areas = {}
    listed = select(FrameworkArea.framework_id, FrameworkArea.area).order_by(FrameworkArea.area)
    for framework_id, area in session.execute(listed):
        found.setdefault(framework_id, []).append(area)
    return found
