"""What keeps a case from following another definition, asked of the definitions alone."""

from dataclasses import replace

import pytest

from tests.workflow.engine.lifecycles import put
from tests.workflow.engine.migration.second_version import version
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import (
    GivenAnswer,
    KeyMapping,
    StandingCase,
    StandingRound,
    obstacles,
)
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.seat import Part
from workflow.vocabulary import Footing

STANDARD = load_file(SHIPPED / "programme-standard.toml")


def against(
    rounds: tuple[StandingRound, ...],
    to: Definition,
    state: str = "active",
    attached: str = "",
    **mapped: str,
) -> list[str]:
    """What is said against a programme with these rounds and a file of this kind."""
    files = frozenset(filter(None, [attached]))
    case = StandingCase(state, Footing.MANAGED, (state,), rounds, {}, files)
    return [str(each) for each in obstacles(STANDARD, to, case, KeyMapping(rounds=mapped))]


def running(key: str, *, open_: bool = True) -> StandingRound:
    return StandingRound(key, "active", open_, "", paused=False)


def test_two_open_rounds_do_not_become_one() -> None:
    both = running("suspension"), running("cancellation")

    found = against(both, version(), suspension="cancellation")

    assert "Rounds that are open beside each other would become one: “Cancellation”." in found
    assert against(both, version()) == []


def test_an_open_round_may_take_the_place_of_one_that_is_over() -> None:
    over = running("suspension", open_=False), running("cancellation")

    found = against(over, version(), suspension="cancellation")

    assert not [each for each in found if "become one" in each]


@pytest.mark.parametrize(("to", "opened"), [("everybody", True), ("participants", False)])
def test_answers_are_not_opened_to_more_people_than_they_were_given_to(
    to: str, *, opened: bool
) -> None:
    answer = GivenAnswer("pivotal_focal", "India", Part.DECIDES, "support", {})
    heard = StandingRound("consultation", "consultation", False, "passed", paused=False)
    wider = version(put("rounds/consultation/open_to", to))

    found = against((replace(heard, answers=(answer,)),), wider)

    said = "What was answered in “Consultation of pivotal countries” would be open to more people."
    assert (said in found) is opened
    assert against((heard,), wider) == []


@pytest.mark.parametrize(("to", "opened"), [("everybody", True), ("participants", False)])
def test_texts_are_not_opened_to_more_people(to: str, *, opened: bool) -> None:
    found = against((), version(put("documents/proposal/open_to", to)), attached="proposal")

    assert found == (["What “Proposal” says would be open to more people."] if opened else [])


def test_a_state_in_which_texts_open_takes_the_place_of_such_a_one_alone() -> None:
    decided = version(put("states/screening/decided", True))

    found = against((), decided, state="screening")

    assert found == ["In “Screening” it would be open to more people."]
    assert against((), decided) == []
