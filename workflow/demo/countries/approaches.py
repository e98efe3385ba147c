"""How the demo's pivotal countries were approached, and what each answered: some lead, one is late, one gave notice."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, NamedTuple

from sqlalchemy import select

from workflow.approaches.answer import Came, CountryAnswer, answer, give_notice, record
from workflow.approaches.ask import ApproachQuestion, approach
from workflow.demo.play import Play
from workflow.engine.acts.whole import At
from workflow.engine.models import LifecycleCase

OFFICER = "jane.okello"
FOCAL = {
    "BRA": "paulo.sa",
    "CHN": "li.wei",
    "IND": "priya.menon",
    "MAR": "youssef.benali",
    "MYS": "aisyah.rahman",
    "THA": "somchai.chaiyasit",
    "ZAF": "thandi.nkosi",
}
Told = dict[str, Any]


class _DemoAct(NamedTuple):
    """One act of the file: how many days ago it was, in which asking, what, and what it says."""

    ago: int
    asking: int
    kind: str
    told: Told


def tell(play: Play, now: datetime) -> None:
    """Enter what the file says, act by act in the order of time, as of `now`."""
    told = tomllib.loads((files("config") / "demo" / "approaches.toml").read_text("utf-8"))
    refs: dict[tuple[int, str], str] = {}
    for act in sorted(_acts(told["asked"]), key=lambda each: -each.ago):
        play.clock.at = now - timedelta(days=act.ago)
        if act.kind == "asked":
            asked = approach(
                play.engine, play.person(OFFICER), act.told["countries"], _question(play, act.told)
            )
            refs |= {
                (act.asking, country): ref
                for country, ref in zip(act.told["countries"], asked, strict=True)
            }
        else:
            _answered(play, refs[act.asking, act.told["country"]], act, now.date())
    play.clock.at = now


def _acts(asked: list[Told]) -> Iterator[_DemoAct]:
    for number, each in enumerate(asked):
        yield _DemoAct(each["ago"], number, "asked", each)
        for kind in ("answers", "noted", "notices"):
            for act in each.get(kind, ()):
                yield _DemoAct(act["ago"], number, kind, act)


def _question(play: Play, told: Told) -> ApproachQuestion:
    on = told.get("asked_on")
    return ApproachQuestion(
        area=told["area"],
        asked_on=date.fromisoformat(on) if on else play.clock().date(),
        channel=told["channel"],
        framework=told["framework"],
        occasion=told.get("occasion", ""),
        words=told["words"],
        came_of=_committed(play, told["came_of"]) if "came_of" in told else "",
    )


def _committed(play: Play, title: str) -> str:
    """The case in which somebody committed to this at a meeting."""
    found = select(LifecycleCase.ref).where(LifecycleCase.title == title)
    with play.engine.reading() as session:
        return session.scalars(found).one()


def _answered(play: Play, ref: str, act: _DemoAct, today: date) -> None:
    told, focal = act.told, play.person(FOCAL[act.told["country"]])
    if act.kind == "notices":
        ends = today + timedelta(days=told["ends"])
        give_notice(play.engine, focal, At(ref), ends, told["reasons"])
        return
    said = CountryAnswer(
        answer=told["answer"],
        conditions=told.get("conditions", ""),
        valid_until=_ahead(told, "valid", today),
        again_on=_ahead(told, "again", today),
        brings=told.get("brings", ""),
    )
    if act.kind == "answers":
        answer(play.engine, focal, At(ref), said)
        return
    came = Came(
        came=told["came"],
        came_on=play.clock().date(),
        said_by=told["said_by"],
        said=told["said"],
    )
    record(play.engine, play.person(OFFICER), At(ref), said, came)


def _ahead(told: Told, name: str, today: date) -> date | None:
    return today + timedelta(days=told[name]) if name in told else None
