"""Several countries are approached in one act, each by itself, or none is."""

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.approaches.house import (
    ASKED_ON,
    OFFICER,
    approached,
    interest,
    published,
    question,
)
from workflow.approaches.ask import approach
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, KeyReused, NotAuthorised


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


def test_each_country_is_asked_in_a_case_of_its_own(house: World) -> None:
    refs = approached(house, ["BRA", "ind", "CHN", "BRA"])

    assert [house.state(ref) for ref in refs] == ["asked"] * 3
    with house.engine.reading() as session:
        titles = session.scalars(select(LifecycleCase.title).where(LifecycleCase.ref.in_(refs)))
        assert sorted(each.partition(":")[0] for each in titles) == ["Brazil", "China", "India"]
    for country in ("BRA", "IND", "CHN"):
        told = interest(house, country)
        assert told is not None
        assert told.asked_on == ASKED_ON


@pytest.mark.parametrize(
    ("countries", "field", "words"),
    [
        (["BRA", "MOZ"], "countries", "Mozambique is not a pivotal country"),
        (["BRA", "NOR"], "countries", "Norway is not a country of the South"),
        ([" "], "countries", "at least one country"),
        (["BRA", "ZZZ"], "countries", "ZZZ"),
    ],
)
def test_where_one_cannot_be_asked_none_is(
    house: World, countries: list[str], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        approached(house, countries)

    assert words in str(refused.value.faults[field])
    with house.engine.reading() as session:
        about = select(func.count()).where(LifecycleCase.subject == "approach")
        assert session.scalar(about) == 0
    assert interest(house, "BRA") is None


def test_an_area_that_is_none_is_refused_at_its_field(house: World) -> None:
    with pytest.raises(Invalid) as refused:
        approach(house.engine, house.person(OFFICER), ["BRA"], question("gardening"))

    assert "area" in refused.value.faults


def test_sent_twice_under_one_key_it_is_one_act(house: World) -> None:
    officer = house.person(OFFICER)

    first = approach(house.engine, officer, ["BRA", "IND"], question(), "one-key")
    again = approach(house.engine, officer, ["BRA", "IND"], question(), "one-key")

    assert again == first
    with pytest.raises(KeyReused):
        approach(house.engine, officer, ["CHN"], question(), "one-key")


def test_what_is_asked_already_is_gone_on_with_there(house: World) -> None:
    (ref,) = approached(house, ["BRA"])

    with pytest.raises(Invalid) as refused:
        approached(house, ["BRA"])

    assert ref in str(refused.value.faults["countries"])
    assert len(approached(house, ["BRA"], "hiv-aids")) == 1
    assert len(approached(house, ["BRA"], framework="F7")) == 1


@pytest.mark.parametrize("who", ["priya.menon", "joao.lima"])
def test_only_officers_of_the_house_approach(house: World, who: str) -> None:
    with pytest.raises(NotAuthorised, match="Only somebody in office"):
        approach(house.engine, house.person(who), ["BRA"], question())
