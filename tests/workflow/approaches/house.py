"""A house in which countries are approached: the lifecycle is published, and some were asked."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tests.support.world import World
from workflow.approaches.answer import CountryAnswer, answer
from workflow.approaches.ask import ApproachQuestion, approach
from workflow.engine.acts.whole import At
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import LeadInterest, Party

OFFICER, DIRECTOR = "jane.okello", "elena.petrova"
FOCAL = {
    "BRA": "paulo.sa",
    "CHN": "li.wei",
    "IND": "priya.menon",
    "ZAF": "thandi.nkosi",
    "THA": "somchai.chaiyasit",
    "MYS": "aisyah.rahman",
}
ASKED_ON, NEXT_YEAR = date(2026, 3, 2), date(2027, 12, 31)


def published(world: World) -> None:
    """Countries can be approached here."""
    publish(world.engine, load_file(Path("config/lifecycles/approach.toml")))


def question(area: str = "ict", **said: str) -> ApproachQuestion:
    """What is asked, on the day on which a world begins."""
    return ApproachQuestion(area=area, asked_on=ASKED_ON, channel="letter", **said)


def approached(world: World, countries: Sequence[str], area: str = "ict", **said: str) -> list[str]:
    """An officer approaches these countries."""
    asked = question(area, **said)
    return list(approach(world.engine, world.person(OFFICER), countries, asked))


def answered(
    world: World, ref: str, country: str, said: str, until: date | None = NEXT_YEAR
) -> None:
    """A country answers; where it says later it is asked again on that day."""
    later = said == "later"
    given = CountryAnswer(
        answer=said,
        valid_until=None if later or said == "no" else until,
        again_on=until if later else None,
    )
    answer(world.engine, world.person(FOCAL[country]), At(ref), given)


def interest(world: World, country: str, area: str = "ict") -> LeadInterest | None:
    """What the register says of a country in an area."""
    party = select(Party.id).where(Party.iso3 == country).scalar_subquery()
    found = select(LeadInterest).where(LeadInterest.party_id == party, LeadInterest.area == area)
    with world.engine.reading() as session:
        return session.scalars(found).one_or_none()
