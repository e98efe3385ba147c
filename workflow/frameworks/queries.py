"""What pages show of frameworks: the list, and one framework with its programmes by stage."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound
from workflow.frameworks.models import Framework, FrameworkArea
from workflow.phrase import phrase
from workflow.vocabulary import Stage

# Programmes stand above the frameworks; a count needs these columns of theirs and no more.
_PROGRAMME = table("programme", column("case_id"), column("framework_id"))


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A framework as a list shows it, with how many programmes stand in each stage."""

    key: str
    title: str
    symbol: str
    first_year: int
    last_year: int
    areas: tuple[str, ...]
    programmes: Mapping[Stage, int]

    @property
    def total(self) -> int:
        """How many programmes it has in all."""
        return sum(self.programmes.values())


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
    """Every framework, the newest first."""
    frameworks = session.scalars(select(Framework).order_by(Framework.first_year.desc())).all()
    areas, counts = _areas(session), _counts(session)
    return tuple(_line(framework, areas, counts) for framework in frameworks)


def framework_page(session: Session, key: str) -> FrameworkPage:
    """One framework; refuses a key that belongs to none."""
    framework = session.scalars(select(Framework).where(Framework.key == key)).one_or_none()
    if framework is None:
        raise NotFound(phrase("There is no framework called %(key)s.", key=key))
    return FrameworkPage(
        line=_line(framework, _areas(session), _counts(session)),
        board_step=framework.board_step,
        themes=tuple(part.strip() for part in framework.themes.split(";") if part.strip()),
        resources_usd_per_year=framework.resources_usd_per_year,
        confidence=framework.confidence,
        note=framework.note,
    )


Areas = dict[int, list[str]]
Counts = dict[int, dict[Stage, int]]


def _line(framework: Framework, areas: Areas, counts: Counts) -> FrameworkLine:
    counted = counts.get(framework.id, {})
    return FrameworkLine(
        key=framework.key,
        title=framework.title,
        symbol=framework.symbol,
        first_year=framework.first_year,
        last_year=framework.last_year,
        areas=tuple(areas.get(framework.id, ())),
        programmes={stage: counted.get(stage, 0) for stage in Stage},
    )


def _areas(session: Session) -> Areas:
    found: Areas = {}
    listed = select(FrameworkArea.framework_id, FrameworkArea.area).order_by(FrameworkArea.area)
    for framework_id, area in session.execute(listed):
        found.setdefault(framework_id, []).append(area)
    return found


def _counts(session: Session) -> Counts:
    counted = (
        select(_PROGRAMME.c.framework_id, LifecycleCase.stage, func.count())
        .join(LifecycleCase, LifecycleCase.id == _PROGRAMME.c.case_id)
        .where(_PROGRAMME.c.framework_id.is_not(None))
        .group_by(_PROGRAMME.c.framework_id, LifecycleCase.stage)
    )
    found: Counts = {}
    for framework_id, stage, number in session.execute(counted):
        found.setdefault(framework_id, {})[Stage(stage)] = number
    return found
