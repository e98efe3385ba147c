"""What delivery asks for year by year in the demo: work plans and progress reports, each written, read and accepted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from workflow.demo.play import Play
from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase
from workflow.vocabulary import Stage


class OwedCase(NamedTuple):
    """A work plan or report that is owed: what it is, and of which period."""

    ref: str
    subject: str
    kind: str
    first: date
    last: date


def owed(play: Play, ref: str) -> Sequence[OwedCase]:
    """What a programme and its parts owe by schedule and nobody has sent yet, the oldest first."""
    found = (
        select(
            LifecycleCase.ref, LifecycleCase.subject, ChildCase.kind, ChildCase.period_from, ChildCase.period_to
        )
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(
            LifecycleCase.ref.startswith(f"{ref}."),
            LifecycleCase.subject.in_(("plan", "report")),
            LifecycleCase.state == "preparing",
            LifecycleCase.stage != Stage.END.value,
        )
        .order_by(LifecycleCase.id)
    )  # fmt: skip
    with play.engine.reading() as session:
        rows: list[Any] = list(session.execute(found))
    return [OwedCase(*row) for row in rows]


def plan(play: Play, ref: str, text: Mapping[str, Any], *people: str) -> None:
    """The manager writes a work plan; those who agree do, and the last of these people accepts it."""
    manager, *agreeing, officer = people
    play.file(ref, "plan", manager, text)
    play.answer(ref, "planning", manager, "send")
    for who in agreeing:
        play.clock.pass_working_time(2)
        play.answer(ref, "agreeing", who, "agree")
    play.clock.pass_working_time(2)
    play.answer(ref, "accepting", officer, "accept")


def report(play: Play, ref: str, text: Mapping[str, Any], manager: str, officer: str) -> None:
    """The manager writes a report, and an officer accepts it."""
    play.file(ref, "report", manager, text)
    play.answer(ref, "reporting", manager, "send")
    play.clock.pass_working_time(2)
    play.answer(ref, "accepting", officer, "accept")


def plan_of(case: OwedCase, lines: Sequence[tuple[str, str, str, str]]) -> dict[str, Any]:
    """The text of a plan: for each output who carries it out, whose money it takes, and how much."""
    return {
        "period_start": case.first.isoformat(),
        "period_end": case.last.isoformat(),
        "activities": [
            {"output": output, "activity": f"Go on with: {output}", "quarters": "Q1-Q4", "responsible": by}
            for output, by, _, _ in lines
        ],
        "milestones": [
            {"output": output, "milestone": "Half of the year's work is handed over", "due": case.last.isoformat()}
            for output, _, _, _ in lines
        ],
        "budget": [
            {"output": output, "source": source, "category": "services", "amount": amount}
            for output, _, source, amount in lines
        ],
        "total": str(sum(int(amount) for _, _, _, amount in lines)),
    }  # fmt: skip
