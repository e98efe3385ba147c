"""What keeps a case from following another definition, asked of the definitions alone."""

from tests.workflow.engine.migration.second_version import version
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import (
    KeyMapping,
    StandingCase,
    StandingRound,
    obstacles,
)
from workflow.lifecycles.loader.files import load_file
from workflow.vocabulary import Footing

STANDARD = load_file(SHIPPED / "programme-standard.toml")


def against(rounds: tuple[StandingRound, ...], to: Definition, **mapped: str) -> list[str]:
    """What is said against a delivery with these rounds."""
    case = StandingCase("active", Footing.MANAGED, ("active",), rounds, {}, frozenset())
    return [str(each) for each in obstacles(STANDARD, to, case, KeyMapping(rounds=mapped))]


def running(key: str, *, open_: bool = True) -> StandingRound:
    return StandingRound(key, "active", open_, "", paused=False)


def test_two_open_rounds_do_not_become_one() -> None:
    both = running("yearly_plan"), running("yearly_report")

    found = against(both, version(), yearly_plan="yearly_report")

    assert (
        "Rounds that are open beside each other would become one: “Progress report of the year”."
        in found
    )
    assert against(both, version()) == []


def test_an_open_round_may_take_the_place_of_one_that_is_over() -> None:
    over = running("yearly_plan", open_=False), running("yearly_report")

    found = against(over, version(), yearly_plan="yearly_report")

    assert not [each for each in found if "become one" in each]
