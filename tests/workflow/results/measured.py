"""A joint programme of Angola and Mozambique that states indicators, carried with its reports."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import MANAGERS, Joint
from workflow.engine.commands.settle_due import sweep
from workflow.programmes.results.page import ResultLine, ResultsPage, results_page

COMMON = {"output": "Laboratory", "baseline_on": "2026-01-01", "means": "register"}
INDICATORS = [
    {**COMMON, "code": "1.1", "indicator": "Technicians certified", "unit": "people", "direction": "more", "baseline": "0", "target": "240", "disaggregated": "women"},
    {**COMMON, "code": "1.2", "indicator": "Days from sample to result", "unit": "days", "direction": "less", "baseline": "11", "target": "3", "together": "average"},
    {**COMMON, "code": "1.3", "indicator": "Samples under one permit", "unit": "samples", "direction": "more", "baseline": "0", "target": "900", "together": "latest"},
]  # fmt: skip
TARGETS = [{"code": "1.1", "by": "2026-12-31", "value": "96"}]
OFFICER, OUTSIDER, MANAGER = "jane.okello", "li.wei", "beatriz.costa"


def actual(code: str, value: str, **more: str) -> dict[str, str]:
    """One line of a report."""
    return {"indicator": code, "value": value, "means": "register, page 7", **more}


class Another(Joint):
    """A second programme, whose people hold their offices already."""

    def appoint(self, who: str, role: str, party: str) -> None:
        """They were appointed for the first one."""


def a_measured_programme(world: World, kind: type[Joint] = Joint, **changed: Any) -> Joint:
    """It is signed, and its first half-year is over."""
    joint = kind(world, **{"indicators": INDICATORS, "targets": TARGETS, **changed})
    joint.signed()
    world.clock.at += timedelta(days=200)
    sweep(world.engine)
    return joint


def until(joint: Joint, year: int, month: int, day: int) -> None:
    """Let time pass up to a morning."""
    joint.world.clock.at = datetime(year, month, day, 9, tzinfo=UTC)
    sweep(joint.world.engine)


def owed(joint: Joint) -> dict[str, str]:
    """The reports that wait to be written, by country or, of the whole, by nothing."""
    whole = joint.below()
    below = {country: joint.below(at) for country, at in zip(("ago", "moz"), whole, strict=False)}
    every = [
        (country, ref, state) for country, refs in below.items() for ref, state in refs.items()
    ]
    every += [("", ref, state) for ref, state in whole.items()]
    return {country: ref for country, ref, state in every if state == "preparing"}


def report(joint: Joint, country: str, *lines: dict[str, str], accept: bool = True) -> str:
    """What one country reports of its half-year; returns the reference."""
    ref = owed(joint)[country]
    tell = joint.report if accept else joint.send_report
    tell(ref, MANAGERS.get(country, MANAGER), actuals=list(lines))
    return ref


def seen(joint: Joint, who: str = OFFICER, ref: str = "") -> ResultsPage:
    """The page as somebody sees it now."""
    world = joint.world
    with world.engine.reading() as session:
        return results_page(session, world.engine, world.person(who), ref or joint.ref)


def line(page: ResultsPage, code: str) -> ResultLine:
    """One indicator of it."""
    return next(each for each in page.lines if each.indicator.code == code)
