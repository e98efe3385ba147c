"""The register of approaches: what it says of each, to whom, and narrowed by what."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.support.world import World
from tests.workflow.approaches.house import (
    FOCAL,
    NEXT_YEAR,
    OFFICER,
    answered,
    approached,
    published,
)
from workflow.approaches.filters import ApproachFilters
from workflow.approaches.lines import ApproachLine, approaches, every_approach
from workflow.oversight.checks import lists
from workflow.programmes.models import ListedApproach

OUTSIDER, AUDITOR = "joao.lima", "marie.laurent"


@pytest.fixture
def house(world: World) -> World:
    """Four countries were asked: India leads, Brazil said later, China no, and South Africa owes an answer."""
    published(world)
    refs = approached(world, ["IND", "BRA", "CHN", "ZAF"], "hiv-aids", framework="F7")
    answered(world, refs[0], "IND", "lead")
    answered(world, refs[1], "BRA", "later", date(2026, 9, 1))
    answered(world, refs[2], "CHN", "no")
    return world


def listed(house: World, who: str | None = OFFICER, **asked: str) -> Sequence[ApproachLine]:
    """What somebody sees in the register."""
    person = house.person(who) if who else None
    with house.engine.reading() as session:
        filters = ApproachFilters(**asked)
        return approaches(session, house.engine, person, filters, house.clock()).lines


def countries(lines: Sequence[ApproachLine]) -> list[str]:
    return [line.iso3 for line in lines]


def test_the_office_sees_every_approach_with_who_asked_and_the_answer(house: World) -> None:
    house.clock.at += timedelta(days=40)

    zaf, chn, bra, ind = listed(house)

    assert (ind.answer, ind.valid_until, ind.waits) == ("lead", NEXT_YEAR, False)
    assert (ind.asker, ind.channel, ind.framework) == ("Jane Okello", "Letter", "F7")
    assert (bra.answer, bra.again_on) == ("later", date(2026, 9, 1))
    assert (chn.answer, chn.state.final) == ("no", True)
    assert (zaf.answer, zaf.waits, zaf.days, zaf.late) == ("", True, 40, True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"country": "BRA"}, ["BRA"]),
        ({"answer": "lead"}, ["IND"]),
        ({"answer": "none"}, ["ZAF"]),
        ({"stands": "waiting"}, ["ZAF"]),
        ({"stands": "late"}, []),
        ({"stands": "standing"}, ["BRA", "IND"]),
        ({"stands": "ended"}, ["CHN"]),
        ({"framework": "F7", "area": "hiv-aids"}, ["ZAF", "CHN", "BRA", "IND"]),
        ({"framework": "F3"}, []),
        ({"area": "ict"}, []),
        ({"area": "nonsense", "after": "nonsense"}, []),
    ],
)
def test_it_is_narrowed(house: World, asked: dict[str, str], found: list[str]) -> None:
    assert countries(listed(house, **asked)) == found


def test_what_is_late_is_found_once_it_is(house: World) -> None:
    house.clock.at += timedelta(days=31)

    assert countries(listed(house, stands="late")) == ["ZAF"]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (FOCAL["BRA"], ["BRA", "IND"]),
        (FOCAL["ZAF"], ["ZAF", "IND"]),
        (OUTSIDER, ["IND"]),
        (None, ["ZAF", "CHN", "BRA", "IND"]),
    ],
)
def test_others_see_what_everybody_may_know_and_their_own(
    house: World, who: str | None, found: list[str]
) -> None:
    assert countries(listed(house, who)) == found


def test_a_page_leads_on_to_the_next(house: World) -> None:
    with house.engine.reading() as session:
        first = listed(house)[0]
        rest = ApproachFilters(after=str(_number(house, first.ref)))
        lines = approaches(session, house.engine, house.person(OFFICER), rest, house.clock()).lines
        every = tuple(every_approach(session, house.engine, None, ApproachFilters(), house.clock()))

    assert countries(lines) == ["CHN", "BRA", "IND"]
    assert len(every) == 4


def _number(house: World, ref: str) -> int:
    with house.engine.reading() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT id FROM lifecycle_case WHERE ref = '{ref}'"
        )
        return int(found.scalar_one())


def test_a_register_that_went_astray_is_found_and_follows_again(house: World) -> None:
    house.honest = False
    with house.engine.transaction() as session:
        session.execute(
            update(ListedApproach).where(ListedApproach.answer == "lead").values(answer="no")
        )

    found = lists.astray(house.engine)
    lists.make_follow(house.engine, found)

    assert len(found.approaches) == 1
    assert "register of approaches" in found.differences[0].sentence
    assert lists.astray(house.engine).approaches == ()
    assert countries(listed(house, answer="lead")) == ["IND"]
