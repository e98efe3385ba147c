"""What is said of the demo's house for a lifecycle, read from its offices, bodies and mandates of today."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support.world import World
from workflow.errors import NotFound
from workflow.frameworks.queries import in_force
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.staffing.findings import Feasibility
from workflow.people.commands import appoint
from workflow.people.models import Person
from workflow.programmes.staffing.page import StaffingPage, staffing_page
from workflow.programmes.staffing.question import Asked

TODAY = date(2026, 3, 2)


def page(world: World, **asked: str | tuple[str, ...]) -> StaffingPage:
    definition = world.engine.published("programme-standard")[1]
    with world.engine.reading() as session:
        return staffing_page(session, definition, Asked(**asked), TODAY)  # type: ignore[arg-type]


def without(world: World, name: str) -> None:
    """Take somebody's access."""
    with world.engine.transaction() as session:
        session.execute(
            update(Person).where(Person.name == name).values(disabled_at=world.clock.at)
        )


def test_the_house_of_the_demo_brings_a_programme_to_every_end(world: World) -> None:
    found = page(world, proposer="moz", beside=("ago",), agency="undp")

    assert found.sound
    assert found.complete
    assert [line.label for line in found.ends] == [
        "Closed",
        "Not approved",
        "Withdrawn",
        "Cancelled",
    ]
    (closing,) = (line for line in found.ends[0].way if line.round == "Financial closure")
    assert sorted(who.role for who in closing.doing) == ["Director", "Finance officer"]
    assert len({who.person for who in closing.doing}) == 2


def test_whom_nobody_can_replace_is_named_with_what_nobody_could_answer(world: World) -> None:
    said = [str(each) for each in page(world).losses]

    assert (
        "If Fatou Ndiaye leaves, nobody can answer: Conclusion of the appraisal. Then no programme "
        "comes to: Closed and Cancelled."
    ) in said
    assert not any("Jane Okello" in each for each in said if "Screening" not in each)


def test_what_nobody_can_answer_is_named_once_somebody_has_gone(world: World) -> None:
    world.honest = False
    without(world, "Fatou Ndiaye")

    found = page(world)

    assert not found.sound
    closed = next(line for line in found.ends if line.label == "Closed")
    assert (closed.standing, str(closed.said)) == (
        Feasibility.CANNOT,
        "Nobody can answer: Conclusion of the appraisal.",
    )
    assert (
        next(line for line in found.ends if line.label == "Withdrawn").standing is Feasibility.CAN
    )


def test_rounds_that_one_cause_keeps_from_being_come_to_are_named_in_one_sentence(
    world: World,
) -> None:
    world.honest = False
    without(world, "Fatou Ndiaye")

    found = page(world)

    lines = [line for line in found.rounds if line.standing is not Feasibility.CAN]
    assert len(found.missed) == len({str(line.said) for line in lines}) < len(lines)
    assert sorted(label for cause in found.missed for label in cause.labels) == sorted(
        line.label for line in lines
    )
    ends = [line for line in found.ends if line.standing is not Feasibility.CAN]
    assert len(found.unreached) == len({str(line.said) for line in ends})


def test_a_party_that_cannot_be_chosen_is_refused_with_those_that_can(world: World) -> None:
    with pytest.raises(NotFound, match="cannot be chosen here"):
        page(world, proposer="atlantis")


@pytest.mark.parametrize("file", sorted(Path("config/lifecycles").glob("*.toml")), ids=str)
def test_it_is_found_out_for_every_lifecycle_that_is_shipped(world: World, file: Path) -> None:
    """A country's part is managed by somebody of the country, whom this house does not have from the first."""
    with world.engine.transaction() as session:
        carries, country = world.person("joao.lima"), world.party("moz")
        appoint(session, carries, "programme_manager", country, TODAY, by=None, now=world.clock())
    with world.engine.reading() as session:
        of_a_country = Asked(proposer="moz" if file.stem == "country-part" else "")
        found = staffing_page(session, load_file(file), of_a_country, TODAY)

    assert found.complete
    assert found.sound, [str(line.said) for line in found.ends]


def test_it_is_asked_under_a_framework_in_force_for_which_the_lifecycle_is(world: World) -> None:
    """Under none, a house where each framework has its own board was told that nobody decides.

    The three consents are for a fund that this house does not have.
    """
    three_consents = load_file(Path("config/lifecycles/three-consents.toml"))
    standard = world.engine.published("programme-standard")[1]
    with world.engine.reading() as session:
        in_force_today = dict(in_force(session, TODAY))
        under = [
            staffing_page(session, each, Asked(), TODAY).question.framework
            for each in (standard, three_consents)
        ]

    assert [each.key if each else "" for each in under] == [next(iter(in_force_today)), ""]


def test_it_is_asked_under_no_framework_where_none_is_in_force(world: World) -> None:
    standard = world.engine.published("programme-standard")[1]
    with world.engine.reading() as session:
        found = staffing_page(session, standard, Asked(), date(1950, 1, 1))

    assert found.question.framework is None
