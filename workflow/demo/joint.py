"""The demo's joint programme: a part for each of two islands, plans and reports, and one part that is suspended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from workflow.demo import house, yearly
from workflow.demo.path import BOARD
from workflow.demo.play import Play
from workflow.engine import commands
from workflow.engine.children.models import ChildCase
from workflow.engine.commands import OpenRound
from workflow.engine.models import LifecycleCase
from workflow.people.commands import appoint
from workflow.programmes.commands import propose

# Those that it opens besides, which are published before it.
LIFECYCLES: tuple[Path, ...] = tuple(
    house.STANDARD.with_name(f"{name}.toml") for name in ("country-part", "joint")
)
BEGAN, SUSPENDED = timedelta(days=930), timedelta(days=40)
AUTHORITIES = {"wsm": "tavita.leota", "ton": "losa.fifita"}
LEILANI, AMINA, BEATRIZ, JANE, ELENA = (
    "leilani.tau", "amina.diallo", "beatriz.costa", "jane.okello", "elena.petrova",
)  # fmt: skip


def tell(play: Play, now: datetime) -> None:
    """Begin it, have it signed, and let its years pass up to `now` with what everybody does in them."""
    begun = yearly.morning(now - BEGAN)
    play.clock.at = begun
    with play.engine.transaction() as session:
        for country in AUTHORITIES:
            party, person = play.party(country), play.person(LEILANI)
            appoint(session, person, "programme_manager", party, begun.date(), by=None, now=begun)
    content = _proposal(begun.date())
    key = "joint-programme"
    ref = propose(play.engine, play.person(LEILANI), play.party("wsm"), content, lifecycle=key).ref
    _sign(play, ref)
    while (at := yearly.next_act(play)) is not None and at <= now - SUSPENDED:
        yearly.come(play, at)
        _answer(play, ref, begun.date())
    play.clock.at = yearly.morning(now - SUSPENDED)
    _suspend(play, f"{ref}.2")
    while (at := yearly.next_act(play)) is not None and yearly.morning(at) <= now:
        yearly.come(play, at)


def _sign(play: Play, ref: str) -> None:
    """Both islands, the committee, the Board and everybody who signs say yes, with some days between."""
    acts = (
        (LEILANI, "sending", "send"),
        (JANE, "screening", "accept"),
        *((who, "endorsing", "endorse") for who in AUTHORITIES.values()),
        (AMINA, "appraising", "recommend"),
        ("ravi.chand", "appraising", "recommend"),
        ("fatou.ndiaye", "concluding", "recommend"),
        *((who, "deciding", "approve") for who in BOARD),
        *((who, "signing", "sign") for who in (*AUTHORITIES.values(), AMINA, ELENA)),
    )
    for who, asked, verdict in acts:
        play.clock.pass_working_time(1)
        play.answer(ref, asked, who, verdict)


def _answer(play: Play, ref: str, begun: date) -> None:
    """What is owed by now is written some weeks later, and accepted."""
    yearly.reach(play, ref, BEATRIZ)
    for number, case in enumerate(yearly.owed(play, ref)):
        play.clock.pass_working_time(12 + number)
        if case.subject == "plan":
            lines = [("Mast and sirens", "FAO", "Governments", "190000")]
            yearly.plan(play, case.ref, yearly.plan_of(case, lines), BEATRIZ, AMINA, JANE)
        else:
            whole = case.kind == "consolidated_report"
            # The consolidated report is of what the islands reported, which is reckoned and not typed.
            gone = (case.last - begun).days // 182
            actuals = {} if whole else {"actuals": _actuals(case.last, gone, number)}
            said = {**_text(case, number), **actuals}
            yearly.report(play, case.ref, said, BEATRIZ if whole else LEILANI, JANE)


def _suspend(play: Play, part: str) -> None:
    """One island's part is suspended, after those concerned were heard; the other goes on."""
    today = play.clock.at.date()
    notice = {
        "reason": "The cyclone took the mast and the boats that serve the outer islands.",
        "condition": "The ministry names where the mast is built again.",
        "suspended_from": today.isoformat(),
        "review_on": (today + timedelta(days=85)).isoformat(),
    }
    play.file(part, "notice", ELENA, notice)
    reason = "Nothing can be built before the boats are back."
    wish = OpenRound(part, "suspending", reason, play.version(part), uuid4().hex)
    commands.initiate(play.engine, play.person(ELENA), wish)
    with play.engine.reading() as session:
        heard = select(ChildCase.party_id).join(
            LifecycleCase, LifecycleCase.id == ChildCase.case_id
        )
        island = session.scalar(heard.where(LifecycleCase.ref == part))
    authority = next(who for key, who in AUTHORITIES.items() if play.party(key) == island)
    for who in (authority, AMINA):
        play.clock.pass_working_time(1)
        play.answer(part, "suspending", who, "agree")
    play.answer(part, "suspending", ELENA, "suspend", reason)


def _proposal(begun: date) -> Mapping[str, Any]:
    return {
        "title": "One warning of cyclones for two coasts",
        "framework": "F7",
        "modality": "multi_country_joint",
        "participating_countries": ["WSM", "TON"],
        "areas": ["ict"],
        "objective": "Within three years every village of both coasts is warned two hours before the sea comes.",
        "strategy": "One way of measuring and one alarm; two masts, and crews who change islands each year.",
        "executing_agency": "fao",
        "donors": [],
        "planned_start": begun.isoformat(),
        "planned_end": (begun + timedelta(days=1500)).isoformat(),
        "parts": [
            {"country": "WSM", "partner": "Weather service, Apia", "output": "Mast and sirens", "amount": "310000"},
            {"country": "TON", "partner": "Weather service, Nuku'alofa", "output": "Mast and sirens", "amount": "260000"},
        ],
        "total_cost": "570000",
        "indicators": _indicators(begun),
    }  # fmt: skip


MEASURED = ("code", "output", "indicator", "unit", "direction", "baseline", "target", "disaggregated", "means", "together")  # fmt: skip
INDICATORS = (
    ("1.1", "Warning", "Villages that hear the alarm", "villages", "more", "4", "96", "", "log of the alarms", "sum"),
    ("1.2", "Warning", "Minutes from the measurement to the alarm", "minutes", "less", "190", "30", "", "clock of the station", "average"),
    ("2.1", "Crews", "Crew members who passed the examination", "people", "more", "0", "60", "women", "register of the school", "sum"),
    ("2.2", "Crews", "Exercises by night", "exercises", "more", "0", "24", "", "report of each exercise", "sum"),
)  # fmt: skip


def _indicators(begun: date) -> list[Mapping[str, str]]:
    """What both islands measure together."""
    rows = (dict(zip(MEASURED, row, strict=True)) for row in INDICATORS)
    return [{**row, "baseline_on": begun.isoformat()} for row in rows]


def _text(case: yearly.OwedCase, number: int) -> Mapping[str, Any]:
    return {
        "period_start": case.first.isoformat(),
        "period_end": case.last.isoformat(),
        "summary": "The crews of both islands measure alike; the alarm was tried in eleven villages.",
        "outputs": [
            {"output": "Mast and sirens", "indicator": "masts", "target": "2", "reached": "1", "verified": "photographs of the site"}
        ],
        "blockers": "Boats come every fourth week.",
        "received": "60000",
        "spent": str(41000 + 1000 * number),
        "support": str(4 + number % 2),
    }  # fmt: skip


def _actuals(last: date, gone: int, number: int) -> list[Mapping[str, str]]:
    """Where one island stands: it goes on each half-year, faster with the alarm than with the crews."""
    told = (
        ("1.1", 3 + 8 * gone + number, "", "log of the alarms"),
        ("1.2", max(30, 190 - 24 * gone), "", "clock of the station"),
        ("2.1", 3 * gone, str(2 * gone), "register of the school"),
    )
    return [
        {
            "indicator": code, "value": str(value), "of_which": apart, "means": means,
            "verified_by": "Weather service of the other island", "verified_on": last.isoformat(),
        }
        for code, value, apart, means in told
    ]  # fmt: skip
