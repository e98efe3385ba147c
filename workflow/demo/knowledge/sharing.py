"""What the demo's countries share: worded by their focal points, confirmed by an officer but for the newest."""

import tomllib
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase
from workflow.sharing.content import Content
from workflow.sharing.decide import confirm
from workflow.sharing.uses import use
from workflow.sharing.word import Consent, SharingWish, enter

OFFICER = "jane.okello"
GIVEN, LASTS = timedelta(days=30), timedelta(days=700)
SAID = ("title", "summary", "capacity", "roles", "availability")
LISTS = ("areas", "goals", "languages", "forms")


def tell(play: Play, now: datetime) -> None:
    """Enter and confirm what the file says, as of `now`."""
    told = tomllib.loads((files("config") / "demo" / "sharing.toml").read_text("utf-8"))
    play.clock.at = now
    numbers: dict[str, int] = {}
    for entry in told["entry"]:
        numbers[entry["title"]] = _entered(play, entry, numbers, now)


def _entered(play: Play, entry: dict[str, Any], numbers: dict[str, int], now: datetime) -> int:
    said: dict[str, Any] = {name: entry.get(name, "") for name in SAID}
    said |= {name: tuple(entry.get(name, ())) for name in LISTS}
    content = Content(**said, institution=numbers.get(entry.get("institution", "")))
    wish = SharingWish(entry["kind"], entry["party"], content, _consent(entry, now.date()))
    with play.engine.transaction() as session:
        number = enter(session, wish, by=play.person(entry["who"]), now=now)
        if not entry.get("waits"):
            confirm(session, number, 1, by=play.person(OFFICER), now=now)
    if "used_in" in entry:
        with play.engine.reading() as session:
            called = select(LifecycleCase.ref).where(LifecycleCase.title == entry["used_in"])
            ref = session.scalars(called.limit(1)).one()
        use(play.engine, play.person(OFFICER), number, ref)
    return number


def _consent(entry: dict[str, Any], today: date) -> Consent | None:
    if "consent" not in entry:
        return None
    return Consent(today - GIVEN, today + LASTS, entry["consent"], files=entry["files"])
