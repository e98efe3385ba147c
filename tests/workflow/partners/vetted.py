"""Partners that the house of the demo examines: its officers, what they file, and a list that they enter."""

from datetime import date, timedelta
from typing import Any

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.partners.sanction_lists import enter_list
from workflow.people.directory.descriptions import PRIVATE, Described, enter_party
from workflow.programmes.alone import begin

OFFICER, ASSURER, DIRECTOR = "jane.okello", "oluwaseun.ade", "elena.petrova"
LISTED = """number,name,also
C-1,Northern Meridian Trading Ltd,NMT; Meridian North
C-2,Viktor Harlan,
"""
DAY = date(2026, 2, 1)
NORWAY: dict[str, Any] = {
    "title": "Vetting of Norway, 2026",
    "partner": "nor",
    "purpose": "Gives money to laboratories in Mozambique and Angola.",
    "conflicts": "None.",
    "money_from": "Its budget, as published.",
    "list_of": DAY.isoformat(),
    "recommendation": "pass",
    "valid_until": "2028-03-01",
    "reasons": "A government that publishes what it gives.",
}
MERIDIAN: dict[str, Any] = {
    **NORWAY,
    "title": "Vetting of Meridian Trading",
    "partner": "meridian",
    "names": [{"name": "Harlan, Viktor", "role": "owns 60 per cent"}],
    "matches": [
        {
            "entry": "C-1 Northern Meridian Trading Ltd",
            "answer": "same",
            "shown_by": "The same number in the register of companies.",
        },
        {"entry": "C-2 Viktor Harlan", "answer": "other", "shown_by": "Another day of birth."},
    ],
    "recommendation": "refuse",
    "valid_until": "",
    "reasons": "It stands on the list.",
}


def listed(world: World) -> None:
    """An officer has entered a sanctions list."""
    enter_list(world.engine, world.person(OFFICER), "Consolidated list", DAY, LISTED)


def enter_meridian(world: World) -> None:
    """A private partner is entered, which gives."""
    with world.engine.transaction() as session:
        described = Described(kind=PRIVATE, name="Meridian Trading", gives=True)
        enter_party(session, "meridian", described, by=None, now=world.clock())


class Vetted(Carried):
    """The vetting of a partner, begun by an officer."""

    def __init__(self, world: World, content: dict[str, Any]) -> None:
        self.world = world
        self.definition = load_file(SHIPPED / "vetting.toml")
        publish(world.engine, self.definition)
        house = world.party("special-unit")
        self.ref = begin(
            world.engine, world.person(OFFICER), house, content, lifecycle=self.definition.key
        ).ref

    def file(self, content: dict[str, Any], kind: str = "examination", who: str = OFFICER) -> None:
        """Somebody files a text."""
        self.world.file(self.ref, kind, who, content)

    def decided(self, verdict: str = "agree") -> "Vetted":
        """It is put before the two, who both answer so."""
        self.answer(OFFICER, "examining", "present")
        for who in (ASSURER, DIRECTOR):
            self.answer(who, "deciding", verdict)
        return self


def vetted(world: World, partner: str = "nor", days: int = 700) -> Vetted:
    """A partner that passed, for so many days."""
    until = (world.clock().date() + timedelta(days=days)).isoformat()
    content = {**NORWAY, "title": f"Vetting of {partner}", "partner": partner, "valid_until": until}
    return Vetted(world, content).decided()
