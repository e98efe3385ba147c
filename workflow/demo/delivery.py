"""What happens beside plans and reports while a demo programme is delivered: blockers, an evaluation, an amendment in force."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from workflow.demo import yearly
from workflow.demo.evaluations import halfway
from workflow.demo.path import BOARD, DemoStory, delivering, evaluating
from workflow.demo.play import Play

Act = Callable[[], object]
MANAGER = "beatriz.costa"
# What the request of an amendment says in words.
WORDS = ("what", "why", "effect")


def deliver(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory, now: datetime) -> None:
    """Let its years pass up to `now`: what it owes is answered, but for what came within its last `left` days.

    What its story tells happens on its days, and time acts whenever it should.
    """
    people, answered = delivering(story), now - timedelta(days=told.get("left", 0))
    acts = sorted(_acts(play, ref, told, story, now), key=lambda each: each[0])
    for at, act in (*acts, (now, _nothing)):
        _pass(play, ref, people, at, answered)
        play.clock.at = max(play.clock.at, at)
        act()


def _nothing() -> None:
    """Nothing more happens."""


def _acts(
    play: Play, ref: str, told: Mapping[str, Any], story: DemoStory, now: datetime
) -> Iterator[tuple[datetime, Act]]:
    """Everything that its story tells, each with its day."""

    def on(ago: int) -> datetime:
        return yearly.morning(now - timedelta(days=ago))

    if "amended" in told:
        yield on(told["amended"]["ago"]), partial(_amend, play, ref, told["amended"], story)
    for said in told.get("blockers", ()):
        yield on(said["ago"]), partial(_raise, play, ref, said)
    if "evaluated" in told:
        said = told["evaluated"]
        for days, act in halfway.steps(play, ref, said, evaluating(story)):
            yield on(said["ago"] - days), act


def wait(play: Play, ref: str, now: datetime) -> None:
    """Let time act up to `now` on what stands below a programme and nobody answers."""
    while (at := yearly.next_of(play, ref)) is not None and yearly.morning(at) <= now:
        yearly.come(play, at)


def _pass(
    play: Play, ref: str, people: yearly.Delivering, until: datetime, answered: datetime
) -> None:
    while (at := yearly.next_of(play, ref)) is not None and yearly.morning(at) <= until:
        yearly.come(play, at)
        if at <= answered:
            yearly.answer(play, ref, people)


def _amend(play: Play, ref: str, said: Mapping[str, Any], story: DemoStory) -> None:
    """The manager asks for more time, the officer says of which class that is, and the Board agrees."""
    play.answer(ref, "asking_for_an_amendment", MANAGER, "ask", said["why"])
    (case,) = yearly.below(play, ref, "amendment")
    today = play.clock.at.date()
    ends = story.texts["proposal"]["planned_end"]
    request = {
        "class": "no_cost_extension",
        "changes": ["end"],
        **{key: said[key] for key in WORDS},
        "effective": today.isoformat(),
        "planned_end": _later(ends, said["days"]),
        "lines": [],
    }
    play.file(case, "request", MANAGER, request)
    for who, asked, verdict in (
        (MANAGER, "sending", "send"),
        (story.officer, "classing", "confirm"),
        *((who, "deciding", "approve") for who in BOARD),
    ):
        play.clock.pass_working_time(1)
        play.answer(case, asked, who, verdict)
    entry = {
        "in_effect_from": play.clock.at.date().isoformat(),
        "told": "Both countries and the agency.",
    }
    play.file(case, "entry", story.officer, entry)
    play.answer(case, "putting_in_effect", story.officer, "effect")


def _later(day: str, days: int) -> str:
    return (datetime.fromisoformat(day) + timedelta(days=days)).date().isoformat()


def _raise(play: Play, ref: str, said: Mapping[str, Any]) -> None:
    """Somebody raises a blocker, tells it and names who owns it."""
    before = {*yearly.below(play, ref, "blocker")}
    play.answer(ref, "raising_a_blocker", said["by"], "raise")
    (case,) = {*yearly.below(play, ref, "blocker")} - before
    text = {
        "blocked": said["blocked"],
        "sort": said.get("sort", "blocks"),
        "category": said["category"],
        "holds_up": said["holds_up"],
        "since": play.clock.at.date().isoformat(),
        "moves": said["moves"],
        "decides": "director",
    }
    play.file(case, "blocker", said["by"], text)
    play.answer(case, "telling", said["by"], "tell", answers={"owner": said["owner"]})
