"""A programme that is suspended, resumed or cancelled: the notice, those who are heard on it, and the Director's word."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from workflow.demo.path import BOARD, DemoStory
from workflow.demo.play import Play
from workflow.engine import commands
from workflow.engine.commands import OpenRound

DIRECTOR = "elena.petrova"
# What the Director says of each such round.
VERDICTS = {"suspension": "suspend", "resumption": "resume", "cancellation": "cancel"}
UNTIL_REVIEW = timedelta(days=80)


def heard_of(story: DemoStory) -> tuple[str, ...]:
    """Those who are heard: the countries, the agency, the lead group, the Board and a donor."""
    leading = tuple(who for who, (verdict, _) in story.positions.items() if verdict == "lead")
    donors = (story.donor,) if story.donor else ()
    return (*story.authorities, story.agency, *leading, *BOARD, *donors)


def propose(play: Play, ref: str, key: str, reason: str) -> None:
    """The Director writes the notice, where there is one, and asks those concerned for their views."""
    notify(play, ref, key, reason)
    ask(play, ref, key, reason)


def notify(play: Play, ref: str, key: str, reason: str) -> None:
    """The Director writes the notice of a suspension or a cancellation."""
    notice = _notice(play, key, reason)
    if notice is not None:
        play.file(ref, f"{key}_notice", DIRECTOR, notice)


def ask(play: Play, ref: str, key: str, reason: str) -> None:
    """The Director asks those concerned for their views."""
    wish = OpenRound(ref, key, reason, play.version(ref), uuid4().hex)
    commands.initiate(play.engine, play.person(DIRECTOR), wish)


def decide(play: Play, ref: str, key: str, reason: str) -> None:
    """The Director decides as the notice says."""
    play.answer(ref, key, DIRECTOR, VERDICTS[key], reason)


def _notice(play: Play, key: str, reason: str) -> dict[str, Any] | None:
    if key == "suspension":
        review = (play.clock() + UNTIL_REVIEW).date()
        return {
            "reason": reason,
            "condition": "What the reason names is settled.",
            "review": review.isoformat(),
        }
    if key == "cancellation":
        return {"reason": reason, "unused": "0", "disposal": "nothing_left"}
    return None
