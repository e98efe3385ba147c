"""Groupings as lifecycles name them, up to a check of the domain on a form."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, faults_of, put
from workflow.engine.domain import domain_of
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import ConditionStatus
from workflow.lifecycles.loader.files import from_tables
from workflow.people.groupings.commands import take_in_groupings
from workflow.people.groupings.named import NamedGroups

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AMONG = "documents/proposal/checks/{}/among"


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def place_of(key: str) -> int:
    """At which place among the checks of the proposal the one called so stands."""
    checks = edited()["documents"]["proposal"]["checks"]
    return next(at for at, each in enumerate(checks) if each["key"] == key)


def test_a_grouping_is_who_belongs_to_it_on_the_day(session: Session) -> None:
    take_in_groupings(session, by=None, now=NOW)
    known = {"donors": frozenset({"NOR"})}
    days = iter((date(2024, 1, 1), date(2026, 3, 2)))

    then, now = (NamedGroups(session, lambda day=day: day, known) for day in days)

    assert "MLI" in then["grouping:ecowas"]
    assert "MLI" not in now["grouping:ecowas"]
    assert now["grouping:ibsa"] == {"BRA", "IND", "ZAF"}
    assert now["grouping:nothing"] == frozenset()
    assert now["donors"] == {"NOR"}
    assert now.get("developing") is None
    assert {*now} == {"donors", "grouping:ecowas", "grouping:ibsa", "grouping:nothing"}
    assert len(now) == 4


def test_what_no_check_names_is_not_asked(session: Session) -> None:
    def never() -> date:
        raise AssertionError

    assert NamedGroups(session, never, {"donors": frozenset({"NOR"})})["donors"] == {"NOR"}


def test_a_check_asks_for_countries_of_a_grouping(world: World) -> None:
    lifecycle = from_tables(
        edited(put(AMONG.format(place_of("countries")), "grouping:sadc")), "standard"
    )
    (check,) = (each for each in lifecycle.documents["proposal"].checks if each.key == "countries")
    with world.engine.transaction() as session:
        take_in_groupings(session, by=None, now=world.engine.now())

    def stands(*countries: str) -> ConditionStatus:
        with world.engine.reading() as session:
            groups = domain_of(session).groups(session)
            own = {"participating_countries": list(countries)}
            (found,) = findings((check,), KnownValues(own, groups=groups))
        return found.held.standing

    assert stands("MOZ", "AGO") is ConditionStatus.MET
    assert stands("MOZ", "BRA") is ConditionStatus.UNMET


@pytest.mark.parametrize("name", ["grouping:", "grouping:African Union", "sadc"])
def test_a_group_that_is_none_is_refused(name: str) -> None:
    faults = faults_of(edited(put(AMONG.format(place_of("countries")), name)))

    assert [fault.place.rpartition(".")[2] for fault in faults] == ["among"]
