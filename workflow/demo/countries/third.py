"""How the third framework came about: formulated, the countries heard, drafted, adopted by the Board, its session recorded."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from workflow.demo.play import Play
from workflow.programmes.alone import begin
from workflow.vocabulary import HOUSE

LIFECYCLES = (Path(str(files("config") / "lifecycles" / "framework.toml")),)
KEY = "cooperation-framework"
OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
BEGAN = 160
# Who speaks for each country that is asked, and what each said so many days after.
HEARD = (
    (9, "priya.menon", "support", ""),
    (12, "somchai.chaiyasit", "support_with_comments", "Say who owns the next step of each plan."),
    (15, "aisyah.rahman", "support", ""),
    (19, "paulo.sa", "support", ""),
    (22, "li.wei", "support", ""),
    (26, "youssef.benali", "no_position", ""),
    (30, "thandi.nkosi", "support", ""),
)
BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")


def tell(play: Play, now: datetime) -> None:
    """Carry the third framework from the first draft until it is in force, as of `now`."""
    told = tomllib.loads((files("config") / "demo" / "framework.toml").read_text("utf-8"))
    begun = now - timedelta(days=BEGAN)

    def after(days: int) -> None:
        play.clock.at = begun + timedelta(days=days)

    after(0)
    ref = begin(
        play.engine, play.person(OFFICER), play.party(HOUSE), told["framework"], lifecycle=KEY
    ).ref
    play.answer(ref, "beginning", OFFICER, "consult")
    for days, who, verdict, reason in HEARD:
        after(days)
        play.answer(ref, "consulting", who, verdict, reason)
    _adopt(play, ref, told, after)
    play.clock.at = now


def _adopt(play: Play, ref: str, told: dict[str, Any], after: Any) -> None:
    """It is drafted, put before the Board and adopted, and its session and symbol are recorded."""
    after(61)
    play.file(ref, "consultation_record", OFFICER, told["record"])
    after(63)
    play.answer(ref, "presenting", DIRECTOR, "present")
    for number, who in enumerate(BOARD):
        after(110 + number)
        play.answer(ref, "deciding", who, "adopt")
    after(114)
    play.answer(ref, "recording", OFFICER, "record", answers=told["decision"])
