"""Cases that are no programmes, such as frameworks: which there are and how each stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.engine.permissions.visibility import known_to
from workflow.programmes.contract import SUBJECT
from workflow.vocabulary import SYSTEM, Stage

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case: what it is called, on which lifecycle, how it stands and since when."""

    ref: str
    title: str
    lifecycle: str
    state: str
    since: datetime
    ended: bool


def cases_about(
    session: Session, engine: Engine, person: int, subject: str, now: datetime
) -> tuple[CaseLine, ...]:
    """The newest cases about `subject` that a person may know of, `MOST_SHOWN` at most."""
    newest = _known(person, subject, now).order_by(LifecycleCase.id.desc()).limit(MOST_SHOWN)
    return tuple(_line(session, engine, case) for case in session.scalars(newest).all())


@dataclass(frozen=True, slots=True)
class CaseBeside:
    """One of them on which somebody is asked something, with whose move it is."""

    line: CaseLine
    moves: tuple[PendingRound, ...]

    @property
    def due(self) -> datetime | None:
        """When the first of its open rounds is due."""
        return min((move.due for move in self.moves if move.due), default=None)


def open_cases(
    session: Session, engine: Engine, person: int, stage: Stage | None, now: datetime
) -> tuple[CaseBeside, ...]:
    """Those of one stage, or of all, on which somebody is asked something and that a person may know of.

    Whatever is no programme is among them, whether it began by itself or stands under another case;
    what stands longest comes first, `MOST_SHOWN` at most. What only its time moves asks nobody anything.
    """
    subject = LifecycleCase.subject
    timed = exists().where(Seat.round_id == Round.id, Seat.role == SYSTEM)
    asked = exists().where(Round.case_id == LifecycleCase.id, Round.status == OPEN, ~timed)
    found = (
        select(LifecycleCase)
        .where(or_(subject < SUBJECT, subject > SUBJECT), LifecycleCase.definition_id.is_not(None))
        .where(LifecycleCase.stage == stage if stage else LifecycleCase.stage != Stage.END)
        .where(asked, known_to(person, now.date()))
        .order_by(LifecycleCase.entered_at, LifecycleCase.id)
        .limit(MOST_SHOWN)
    )
    cases = session.scalars(found).all()
    moves = pending_rounds(session, engine, [case.id for case in cases])
    return tuple(CaseBeside(_line(session, engine, case), moves.get(case.id, ())) for case in cases)


def _known(person: int, subject: str, now: datetime) -> Select[LifecycleCase]:
    about = LifecycleCase.subject == subject, LifecycleCase.definition_id.is_not(None)
    return select(LifecycleCase).where(*about, known_to(person, now.date()))


def _line(session: Session, engine: Engine, case: LifecycleCase) -> CaseLine:
    definition = engine.definition(case.definition_id or 0, session)
    return CaseLine(
        ref=case.ref,
        title=case.title,
        lifecycle=definition.title,
        state=definition.states[case.state].label,
        since=case.entered_at,
        ended=case.stage == Stage.END,
    )
