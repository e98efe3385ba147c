"""The closing queue in the browser: by age, with what each waits for, taken away, and empty once all is closed."""

import csv
import io
import re

import pytest
from sqlalchemy import delete

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.blockers.house import COAST, SAHEL, published, running
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_blocker import AGENCY, DIRECTOR, MANAGER
from workflow.oversight.checks.lists import astray, make_follow
from workflow.programmes.lists.models import ClosingProgramme

READER = "marie.laurent"


def reported(carried: Carried) -> None:
    """Its activities have ended, and that is reported."""
    carried.world.file(carried.ref, "final_report", AGENCY, {"results": "Both of them test soil."})
    carried.answer(AGENCY, "reporting", "report")


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    """Two programmes that have ended forty days apart, the first with an open blocker."""
    published(world)
    first, second = running(world), running(world, title=COAST, framework="F6")
    first.answer(MANAGER, "raising_a_blocker", "raise", "Customs hold the reagents.")
    reported(first)
    first.wait(days=40)
    reported(second)
    return first, second


def rows(page: str) -> list[str]:
    """The programmes of the queue."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_the_oldest_comes_first_with_what_it_waits_for(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    page = enter(READER).page("/closing")

    said = told(page)
    assert rows(page) == [SAHEL, COAST]
    assert "Acceptance of the report: Mozambique" in said
    assert "Blocker: 1 open" in said
    assert re.search(r"\b40 since ", said)


def test_it_is_taken_away_as_a_table(both: tuple[Carried, Carried], enter: Enter) -> None:
    answer = enter(READER).get("/closing.csv")

    lines = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [(line["ref"], line["days"]) for line in lines] == [
        (both[0].ref, "40"), (both[1].ref, "0"),
    ]  # fmt: skip


def test_what_is_closed_or_goes_back_waits_no_more(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    first, second = both
    first.answer("joao.lima", "accepting", "accept")
    still = rows(enter(READER).page("/closing"))
    first.answer(DIRECTOR, "waiving", "waive", "It is a small one.")
    second.answer("joao.lima", "accepting", "return", "Say more of the money.")

    assert still == [SAHEL, COAST]
    assert "Nothing waits to be closed" in told(enter(READER).page("/closing"))
    assert astray(first.world.engine).differences == []


def test_what_was_lost_of_it_is_told_and_found_again(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        session.execute(delete(ClosingProgramme))

    found = astray(engine)
    make_follow(engine, found)

    assert found.closing
    assert rows(enter(READER).page("/closing")) == [SAHEL, COAST]
    assert astray(engine).differences == []


def test_nonsense_for_a_place_begins_anew(both: tuple[Carried, Carried], enter: Enter) -> None:
    assert rows(enter(READER).page("/closing?after=yesterday")) == [SAHEL, COAST]
