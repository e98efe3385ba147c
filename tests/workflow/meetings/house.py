"""A house in which meetings are planned: the lifecycles are published, and some were held."""

from datetime import date, timedelta
from pathlib import Path

from tests.support.world import World
from workflow.engine.acts.whole import At
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.lifecycles.loader.files import load_file
from workflow.meetings.acts import Attending, MeetingReport, Undertaking, held, report
from workflow.meetings.plan import MeetingPlan, named, plan

OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
FOCAL = {
    "BRA": "paulo.sa",
    "CHN": "li.wei",
    "IND": "priya.menon",
    "ZAF": "thandi.nkosi",
    "THA": "somchai.chaiyasit",
    "MYS": "aisyah.rahman",
}
WHY = "It asked the Special Unit to help form groups of pivotal countries."
HANGZHOU = MeetingPlan(
    title="Meeting of pivotal countries, Hangzhou",
    kind="session",
    place="Hangzhou, China",
    year=2003,
    month="11",
    areas=("hiv-aids", "trade", "ict"),
    purpose="Pivotal countries consider joint programmes for less developed countries.",
    countries=named(["CHN", "BRA", "IND"], WHY),
)
FIRST = Undertaking(
    meant="The Special Unit helps to form groups of pivotal countries.",
    what="Approach each pivotal country",
    party="special-unit",
    owner="Programme officer",
    due=date(2026, 12, 31),
)
SECOND = Undertaking(
    meant="India names its institutions.",
    what="Name institutions that train",
    party="ind",
    owner="Ministry of External Affairs",
    due=date(2026, 9, 30),
)
REPORT = MeetingReport(
    outcome="The Special Unit was asked to help form groups as prime movers.",
    commitments=(FIRST, SECOND),
)


def published(world: World) -> None:
    """Meetings can be planned here, and what is committed to is followed."""
    for name in ("follow-up", "meeting"):
        publish(world.engine, load_file(Path(f"config/lifecycles/{name}.toml")))


def planned(world: World, wish: MeetingPlan = HANGZHOU) -> str:
    """An officer plans a meeting."""
    return plan(world.engine, world.person(OFFICER), wish)


def recorded(world: World, wish: MeetingPlan = HANGZHOU) -> str:
    """A meeting that was held before it was entered here."""
    ref = planned(world, wish)
    came = [Attending(each.named) for each in wish.countries]
    held(world.engine, world.person(OFFICER), At(ref), came)
    return ref


def circulated(world: World, wish: MeetingPlan = HANGZHOU, said: MeetingReport = REPORT) -> str:
    """The same with its report sent to those who were invited."""
    ref = recorded(world, wish)
    report(world.engine, world.person(OFFICER), At(ref), said)
    return ref


def reported(world: World, wish: MeetingPlan = HANGZHOU, said: MeetingReport = REPORT) -> str:
    """The same once nobody corrected the report in time."""
    ref = circulated(world, wish, said)
    world.clock.at += timedelta(days=15)
    sweep(world.engine)
    return ref
