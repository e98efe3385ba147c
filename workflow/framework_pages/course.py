"""The course of a framework: its steps with their days, what waits, the reports due, and the decision of its Board."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, SignOff
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.engine.permissions.visibility import known_to
from workflow.frameworks.models import Framework, FrameworkCourse
from workflow.frameworks.terms import Terms
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.openness import Openness
from workflow.vocabulary import Stage

# Rounds of the shipped lifecycle of frameworks, by what the page says of them.
PRESENTED, DECIDED, RECORDED, REVIEWED = "presenting", "deciding", "recording", "reviewing"
FOLLOWED = ("in_force", "extended")


class StepKind(StrEnum):
    """How a step of the course stands."""

    DONE = "done"
    NOW = "now"
    SOON = "soon"
    AHEAD = "ahead"


class StepName(StrEnum):
    """A step of the course of a framework."""

    FORMULATED = "formulated"
    BOARD = "board"
    IN_FORCE = "in force"
    REVIEW = "review"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step: how it stands, and the day on which it was or is to be done, where that is known."""

    name: StepName
    kind: StepKind
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that the framework owes, by its label: until when, and whether it is begun or was filed."""

    label: str
    due: datetime | None
    late: bool
    begun: bool
    filed_on: datetime | None


@dataclass(frozen=True, slots=True)
class BoardDecision:
    """What was recorded of the Board's decision: at which session, under which symbol, when, in which words."""

    session: str = ""
    symbol: str = ""
    decided_on: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CourseOfFramework:
    """How a framework came about and how it goes on; without a case of its own only its terms say so."""

    steps: tuple[CourseStep, ...]
    ref: str = ""
    title: str = ""
    state: str = ""
    since: datetime | None = None
    waits: tuple[PendingRound, ...] = ()
    reports: tuple[DueReport, ...] = ()
    decision: BoardDecision = field(default_factory=BoardDecision)
    months: tuple[int, int] | None = None


def course(
    session: Session, engine: Engine, person: int, key: str, terms: Terms, now: datetime
) -> CourseOfFramework:
    """The course of the framework called `key`, as somebody may know of its case."""
    its = select(FrameworkCourse.case_id).join(
        Framework, Framework.id == FrameworkCourse.framework_id
    )
    case = session.scalars(
        select(LifecycleCase).where(
            LifecycleCase.id.in_(its.where(Framework.key == key)),
            LifecycleCase.definition_id.is_not(None),
            known_to(person, now.date()),
        )
    ).first()
    gone = _months(terms, now.date())
    if case is None:
        return CourseOfFramework(_by_terms(terms, now.date()), months=gone)
    definition = engine.definition(case.definition_id or 0, session)
    rounds = _rounds(session, case.id)
    return CourseOfFramework(
        steps=_steps(case, definition, rounds, terms),
        ref=case.ref,
        title=case.title,
        state=definition.states[case.state].label,
        since=case.entered_at,
        waits=pending_rounds(session, engine, [case.id]).get(case.id, ()),
        reports=tuple(_reports(session, case.id, definition, rounds, now)),
        decision=_decision(session, case.id, definition),
        months=gone,
    )


def _by_terms(terms: Terms, today: date) -> tuple[CourseStep, ...]:
    """The steps of a framework that was not begun here, as far as its days say them."""
    begun, over = terms.starts_on <= today, terms.ends_on is not None and terms.ends_on < today
    here = StepKind.DONE if over else StepKind.NOW if begun else StepKind.AHEAD
    before = StepKind.DONE if begun else StepKind.AHEAD
    return (
        CourseStep(StepName.FORMULATED, before),
        CourseStep(StepName.BOARD, before),
        CourseStep(StepName.IN_FORCE, here, terms.starts_on),
        CourseStep(StepName.CLOSED, StepKind.DONE if over else StepKind.AHEAD, terms.ends_on),
    )


def _steps(
    case: LifecycleCase,
    definition: Definition,
    rounds: Sequence[Any],
    terms: Terms,
) -> tuple[CourseStep, ...]:
    state = definition.states[case.state]
    in_force, evaluated = case.state in FOLLOWED, state.stage in {Stage.EVALUATION, Stage.END}
    drafted, decided = _settled(rounds, PRESENTED), _settled(rounds, DECIDED)
    first = StepKind.DONE if drafted else StepKind.NOW
    second = StepKind.DONE if decided else StepKind.NOW if drafted else StepKind.AHEAD
    third = StepKind.NOW if in_force else StepKind.DONE if evaluated and decided else StepKind.AHEAD
    last = StepKind.DONE if state.final else StepKind.NOW if evaluated else StepKind.AHEAD
    return (
        CourseStep(StepName.FORMULATED, first, drafted),
        CourseStep(StepName.BOARD, second, decided),
        CourseStep(StepName.IN_FORCE, third, terms.starts_on if decided else None),
        _review(rounds, in_force=in_force),
        CourseStep(StepName.CLOSED, last, case.entered_at.date() if evaluated else None),
    )


def _review(rounds: Sequence[Any], *, in_force: bool) -> CourseStep:
    if done := _settled(rounds, REVIEWED):
        return CourseStep(StepName.REVIEW, StepKind.DONE, done)
    due = next((row.due_at for row in rounds if row.key == REVIEWED and row.status == "open"), None)
    kind = StepKind.SOON if in_force and due else StepKind.AHEAD
    return CourseStep(StepName.REVIEW, kind, due.date() if due else None)


def _settled(rounds: Sequence[Any], key: str) -> date | None:
    """When the last of the openings of a round was settled."""
    days = [row.settled_at for row in rounds if row.key == key and row.status == "settled"]
    return max(days).date() if days else None


def _rounds(session: Session, case_id: int) -> Sequence[Any]:
    asked = select(Round.key, Round.status, Round.due_at, Round.settled_at, Round.outcome)
    return session.execute(asked.where(Round.case_id == case_id).order_by(Round.id)).all()


def _reports(
    session: Session, case_id: int, definition: Definition, rounds: Sequence[Any], now: datetime
) -> Iterator[DueReport]:
    """What is to be filed once the framework is in force: each report of the lifecycle whose round was opened."""
    filed = _filed(session, case_id)
    for row in rounds:
        spec = definition.rounds.get(row.key)
        if spec is None or row.status == "overtaken" or not _reporting(definition, spec):
            continue
        done = row.status == "settled"
        yield DueReport(
            label=definition.documents[spec.text[0]].label,
            due=None if done else row.due_at,
            late=not done and row.due_at is not None and row.due_at < now,
            begun=spec.text[0] in filed,
            filed_on=row.settled_at if done else None,
        )


def _reporting(definition: Definition, spec: RoundSpec) -> bool:
    """Whether a round files a text of its own in delivery or evaluation."""
    stages = {definition.states[each].stage for each in spec.states}
    needed = {kind for verdict in spec.rule.verdicts.values() for kind in verdict.needs}
    later = stages <= {Stage.IMPLEMENTATION, Stage.EVALUATION}
    return later and bool(spec.text) and spec.text[0] in needed and spec.within is not None


def _filed(session: Session, case_id: int) -> Mapping[str, datetime]:
    asked = select(Document.kind, func.max(Document.filed_at)).where(Document.case_id == case_id)
    return dict(session.execute(asked.group_by(Document.kind)).all())


def _decision(session: Session, case_id: int, definition: Definition) -> BoardDecision:
    """What was recorded, where the lifecycle lets everybody read it."""
    spec = definition.rounds.get(RECORDED)
    if spec is None or spec.open_to is not Openness.EVERYBODY:
        return BoardDecision()
    asked = (
        select(SignOff.answers)
        .join(Round, Round.id == SignOff.round_id)
        .where(Round.case_id == case_id, Round.key == RECORDED, SignOff.standing)
        .order_by(SignOff.id.desc())
        .limit(1)
    )
    said: Mapping[str, Any] = session.scalar(asked) or {}
    return BoardDecision(
        *(str(said.get(name) or "") for name in ("session", "symbol", "decided_on", "text"))
    )


def _months(terms: Terms, today: date) -> tuple[int, int] | None:
    """How many of its months have gone, of how many; nothing before or after, or without an end."""
    if terms.ends_on is None or not terms.starts_on <= today <= terms.ends_on:
        return None
    whole = _between(terms.starts_on, terms.ends_on) + (1 if terms.ends_on.day > 1 else 0)
    return min(_between(terms.starts_on, today), whole), whole


def _between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
