"""The closing queue in the browser: by age, with what each waits for, taken away, and empty once all is closed."""

import csv
import io
import re

import pytest
from sqlalchemy import delete, update

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.blockers.house import COAST, SAHEL, published, running
from tests.workflow.ledger.bookkeeping import recorded
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_blocker import AGENCY, DIRECTOR, MANAGER
from tests.workflow.lifecycles.shipped.test_triangular import ASSURER
from tests.workflow.tlog.writing import place_all
from workflow.closures.queue import closing_queue
from workflow.ledger.accounts import MoneyAct
from workflow.oversight.checks.lists import astray, make_follow
from workflow.oversight.events.indexer import catch_up_wholly
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
    first.world.file(f"{first.ref}.2", "waiver", DIRECTOR, {"reasons": "It is a small one."})
    first.world.answer(f"{first.ref}.2", "waiving", DIRECTOR, "waive")
    for who in (ASSURER, DIRECTOR):
        first.answer(who, "closing", "close")
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


def test_a_day_that_was_altered_is_told_and_put_right(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    first, second = both
    second.answer("joao.lima", "accepting", "return", "Say more of the money.")
    second.wait(days=1)
    reported(second)
    engine = first.world.engine
    place_all(engine.database)
    catch_up_wholly(engine)
    unharmed = astray(engine).closing
    with engine.transaction() as session:
        session.execute(update(ClosingProgramme).values(ended_at=engine.now()))

    found = astray(engine)
    make_follow(engine, found)

    assert not unharmed
    assert found.closing
    taken = enter(READER).get("/closing.csv").get_data(as_text=True).lstrip("\ufeff")
    assert [line["days"] for line in csv.DictReader(io.StringIO(taken))] == ["41", "0"]
    assert astray(engine).differences == []


@pytest.mark.parametrize(
    "place",
    [
        "yesterday",
        "1_yesterday",
        "9" * 40 + "_2026-01-01T00:00:00Z",
        "1_0001-01-01T00:00:00%2B23:59",
        "1_9999-12-31T23:59:59-23:59",
    ],
)
def test_nonsense_for_a_place_begins_anew(
    both: tuple[Carried, Carried], enter: Enter, place: str
) -> None:
    assert rows(enter(READER).page(f"/closing?after={place}")) == [SAHEL, COAST]


def test_after_a_line_comes_the_next(both: tuple[Carried, Carried]) -> None:
    engine = both[0].world.engine
    with engine.reading() as session:
        first = closing_queue(session, engine, None, "", engine.now(), 1)
        second = closing_queue(session, engine, None, first.next, engine.now(), 1)

    assert [line.ref for line in (*first.lines, *second.lines)] == [each.ref for each in both]
    assert second.next == ""


@pytest.mark.parametrize(
    ("who", "told_of_it"),
    [(READER, True), (MANAGER, True), ("tom.becker", True), ("tavita.leota", False)],
)
def test_money_that_waits_is_told_to_those_alone_who_see_it_on_its_page(
    both: tuple[Carried, Carried], enter: Enter, who: str, *, told_of_it: bool
) -> None:
    recorded(both[0].world, both[0].ref, MoneyAct.PLEDGE, "900")
    visitor = enter(who)

    taken = visitor.get("/closing.csv").get_data(as_text=True).lstrip("\ufeff")
    first, _ = csv.DictReader(io.StringIO(taken))

    assert ("1 movement of money to certify" in told(visitor.page("/closing"))) is told_of_it
    assert (first["movements_to_certify"] == "1") is told_of_it


def test_an_auditor_is_led_to_it(world: World, enter: Enter) -> None:
    page = enter(READER).page("/oversight")

    assert 'href="/closing"' in page
    assert enter(READER).get("/closing").status_code == 200
