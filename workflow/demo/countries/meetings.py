"""How pivotal countries met in the demo: what was held and reported, and what is planned, by region."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, NamedTuple

from workflow.demo.play import Play
from workflow.engine.acts.whole import At
from workflow.engine.commands.settle_due import sweep
from workflow.meetings.acts import (
    Attending,
    Disposition,
    Match,
    MeetingReport,
    Undertaking,
    call,
    comes,
    correct,
    held,
    report,
)
from workflow.meetings.plan import Guest, MeetingPlan, plan

OFFICER = "jane.okello"
# So long after a report went out it is final, unless somebody corrected it.
FINAL = 15
# So many days ago it was told how what was taken in hand stands.
STATUS = 20
Told = dict[str, Any]


class _Step(NamedTuple):
    """One act of the file: how many days ago it was, and what it does on the meeting of this place."""

    ago: int
    meeting: int
    do: Callable[["_Meeting"], None]


def tell(play: Play, now: datetime) -> None:
    """Enter what the file says, act by act in the order of time, as of `now`."""
    told = tomllib.loads((files("config") / "demo" / "meetings.toml").read_text("utf-8"))
    every = [_Meeting(play, each, now.date()) for each in told["meetings"]]
    steps = (step for number, each in enumerate(every) for step in each.steps(number))
    for step in sorted(steps, key=lambda each: (-each.ago, each.meeting)):
        play.clock.at = now - timedelta(days=step.ago)
        step.do(every[step.meeting])
    play.clock.at = now


class _Meeting:
    """One meeting of the file, from its plan on."""

    def __init__(self, play: Play, told: Told, today: date) -> None:
        self.play, self.said, self.today = play, told, today
        self.engine, self.officer = play.engine, play.person(OFFICER)
        self.at = At("")

    def steps(self, number: int) -> Iterator[_Step]:
        """What is done about it, in the order of the file."""
        told = self.said
        yield _Step(told["entered"], number, _Meeting.planned)
        if "came" in told:
            yield _Step(told["entered"] - 1, number, _Meeting.was_held)
            yield _Step(told["reported"], number, _Meeting.reported)
            final = told["reported"]
            if fault := told.get("corrected"):
                yield _Step(fault["ago"], number, _Meeting.corrected)
                final = fault["ago"]
            yield _Step(final - FINAL, number, _Meeting.final)
            yield _Step(STATUS, number, _Meeting.told)
        if calling := told.get("called"):
            yield _Step(calling["ago"], number, _Meeting.called)
            yield _Step(calling["ago"] - 1, number, _Meeting.answered)

    def planned(self) -> None:
        """It is planned; what is ahead is counted from today."""
        told = self.said
        first = self.today + timedelta(days=told["ahead"]) if "ahead" in told else None
        wish = MeetingPlan(
            title=told["title"],
            kind=told["kind"],
            place=told.get("place", ""),
            year=first.year if first else told["year"],
            month=f"{first.month:02d}" if first else told.get("month", ""),
            starts_on=first if "days" in told else None,
            ends_on=first + timedelta(days=told["days"] - 1) if first and "days" in told else None,
            region=told.get("region", ""),
            framework=told["framework"],
            areas=tuple(told["areas"]),
            purpose=told["purpose"],
            countries=tuple(Guest(code, why, role) for code, role, why in told["invited"]),
        )
        self.at = At(plan(self.engine, self.officer, wish))

    def was_held(self) -> None:
        """It was held before it was entered."""
        came = [Attending(code) for code in self.said["came"]]
        held(self.engine, self.officer, self.at, came, note=self.said["note"])

    def reported(self) -> None:
        """Its report goes out."""
        report(self.engine, self.officer, self.at, self._report())

    def corrected(self) -> None:
        """Somebody corrects it, and it goes out again."""
        fault = self.said["corrected"]
        correct(self.engine, self.play.person(fault["by"]), self.at, fault["words"])
        self.play.clock.pass_time(hours=3)
        reply = Disposition("taken_up", fault["reply"])
        said = self._report()
        changed = replace(said, outcome=f"{said.outcome} {fault['changed']}")
        report(self.engine, self.officer, self.at, changed, [reply])

    def final(self) -> None:
        """Nobody corrected it in time; what was committed to is taken in hand where the file says by whom."""
        sweep(self.engine)
        for number, each in enumerate(self.said.get("undertaken", ()), 1):
            if "taken" in each:
                self.play.answer(f"{self.at.ref}.{number}", "planning", each["taken"], "plan")

    def told(self) -> None:
        """Whoever took something in hand says how it stands."""
        for number, each in enumerate(self.said.get("undertaken", ()), 1):
            if "taken" in each:
                ref, who = f"{self.at.ref}.{number}", each["taken"]
                day = self.play.clock().date().isoformat()
                text = {"on": day, "status": "on_course", "comment": each["stands"]}
                self.play.file(ref, "action_status", who, text)
                self.play.answer(ref, "updating", who, "update")

    def called(self) -> None:
        """Those invited are asked whether they come."""
        told = self.said["called"]
        by = self.today + timedelta(days=told["answer_by"])
        call(self.engine, self.officer, self.at, by, told["words"])

    def answered(self) -> None:
        """Some have answered."""
        for who, said in self.said["answers"]:
            comes(self.engine, self.play.person(who), self.at, comes=said == "comes")

    def _report(self) -> MeetingReport:
        told = self.said
        return MeetingReport(
            outcome=told["outcome"],
            commitments=tuple(
                Undertaking(
                    party=each["party"], owner=each["post"], what=each["thing"], meant=each["meant"],
                    due=self.today + timedelta(days=each["due"]),
                )
                for each in told.get("undertaken", ())
            ),
            matches=tuple(_match(each) for each in told.get("matches", ())),
        )  # fmt: skip


def _match(told: Told) -> Match:
    return Match(
        topic=told["thing"],
        offers=told["offers"],
        seeks=told["seeks"],
        area=told["area"],
        offered_by=told.get("offered_by", ""),
        sought_by=told.get("sought_by", ""),
    )
