"""What delivery asks for year by year in the demo: work plans and progress reports, each written, read and accepted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from workflow.demo.knowledge import lessons
from workflow.demo.play import Play
from workflow.engine.children.models import ChildCase
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import CaseParty, LifecycleCase, Round
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER, Stage

# Milestones are due so long before the end of the year, and told of up to so long before their day.
BEFORE_THE_END, EARLY = timedelta(days=31), timedelta(days=40)


class OwedCase(NamedTuple):
    """A work plan or report that is owed: what it is, of which period, and by which party."""

    ref: str
    subject: str
    kind: str
    first: date
    last: date
    party: str


class Delivering(NamedTuple):
    """Who answers for what delivery asks, and what they write.

    `agreeing` say whether they agree to a plan; `lines` say for each output who carries it out, whose
    money it takes, and how much; `report` is a report but for its period.
    """

    manager: str
    officer: str
    agreeing: Sequence[str]
    lines: Sequence[tuple[str, str, str, str]]
    report: Mapping[str, Any]


def morning(instant: datetime) -> datetime:
    """The same day at an hour at which people come to work."""
    return instant.replace(hour=8, minute=10, second=0, microsecond=0)


def next_act(play: Play) -> datetime | None:
    """When time acts next."""
    with play.engine.reading() as session:
        acts = session.scalar(select(func.min(Round.acts_at)))
        opens = session.scalar(select(func.min(ChildSchedule.opens_at)))
    return min((at for at in (acts, opens) if at is not None), default=None)


def come(play: Play, at: datetime) -> None:
    """Let time act on the day on which it should, at an hour at which people work."""
    play.clock.at = max(at, morning(at), play.clock.at)
    sweep(play.engine)


def answer(play: Play, ref: str, people: Delivering) -> None:
    """What a programme owes by now is written some weeks later, and accepted."""
    reach(play, ref, people.manager)
    for case in owed(play, ref):
        play.clock.pass_working_time(12)
        if case.subject == "plan":
            text = plan_of(case, people.lines)
            plan(play, case.ref, text, people.manager, *people.agreeing, people.officer)
        else:
            period = {"period_start": case.first.isoformat(), "period_end": case.last.isoformat()}
            report(play, case.ref, {**people.report, **period}, people.manager, people.officer)


def next_of(play: Play, ref: str) -> datetime | None:
    """When a schedule of a programme opens something next, or time acts on what stands below it."""
    mine = (
        select(func.min(ChildSchedule.opens_at))
        .join(LifecycleCase, LifecycleCase.id == ChildSchedule.case_id)
        .where(LifecycleCase.ref == ref)
    )
    below = (
        select(func.min(Round.acts_at))
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref.startswith(f"{ref}."))
    )
    with play.engine.reading() as session:
        found = (session.scalar(mine), session.scalar(below))
    return min((at for at in found if at is not None), default=None)


def owed(play: Play, ref: str) -> Sequence[OwedCase]:
    """What a programme and its parts owe by schedule and nobody has sent yet, the oldest first."""
    found = (
        select(
            LifecycleCase.ref, LifecycleCase.subject, ChildCase.kind, ChildCase.period_from, ChildCase.period_to,
            Party.key,
        )
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(
            CaseParty.capacity == PROPOSER,
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


def reach(play: Play, ref: str, manager: str) -> None:
    """The milestones under a programme whose day has come, or comes soon, are reached."""
    soon = play.clock.at + EARLY
    asked = (
        select(LifecycleCase.ref)
        .join(Round, Round.case_id == LifecycleCase.id)
        .where(LifecycleCase.ref.startswith(f"{ref}."), LifecycleCase.subject == "milestone")
        .where(Round.key == "reaching", Round.status == "open", Round.due_at < soon)
        .order_by(LifecycleCase.id)
    )
    with play.engine.reading() as session:
        due = session.scalars(asked).all()
    for each in due:
        play.clock.pass_working_time(1)
        play.answer(
            each,
            "reaching",
            manager,
            "accomplished",
            "It was handed over; the minutes are attached to the report.",
        )


def report(play: Play, ref: str, text: Mapping[str, Any], manager: str, officer: str) -> None:
    """The manager writes a report, and an officer accepts it; what it tells of lessons is validated."""
    play.file(ref, "report", manager, {**text, **lessons.told_in(play, ref)})
    play.answer(ref, "reporting", manager, "send")
    play.clock.pass_working_time(2)
    play.answer(ref, "accepting", officer, "accept")
    lessons.validate(play, ref, manager)


def below(play: Play, ref: str, subject: str) -> Sequence[str]:
    """The open cases about something under a programme, by their references."""
    found = select(LifecycleCase.ref).where(
        LifecycleCase.ref.startswith(f"{ref}."),
        LifecycleCase.subject == subject,
        LifecycleCase.stage != Stage.END.value,
    )
    with play.engine.reading() as session:
        return list(session.scalars(found.order_by(LifecycleCase.id)))


def take_up(play: Play, ref: str, agency: str) -> None:
    """The agency takes a key action in hand as it was carried there."""
    play.answer(ref, "planning", agency, "plan")


def act(play: Play, ref: str, agency: str, assurer: str) -> None:
    """The agency takes a key action in hand, and does it; somebody else accepts that."""
    take_up(play, ref, agency)
    done = {
        "result": "done",
        "ended_on": play.clock.at.date().isoformat(),
        "evidence": "The papers are attached.",
    }
    play.file(ref, "action_end", agency, done)
    play.answer(ref, "reporting", agency, "report")
    play.answer(ref, "accepting", assurer, "accept")


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
            {
                "number": str(number),
                "output": output,
                "milestone": f"{output}: the year's work is handed over",
                "owner": case.party,
                "due": max(case.first, case.last - BEFORE_THE_END).isoformat(),
            }
            for number, (output, _, _, _) in enumerate(lines, start=1)
        ],
        "budget": [
            {"output": output, "source": source, "category": "services", "amount": amount}
            for output, _, source, amount in lines
        ],
        "total": str(sum(int(amount) for _, _, _, amount in lines)),
    }  # fmt: skip
