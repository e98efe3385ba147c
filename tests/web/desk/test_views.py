"""The officers' desk as a page: for officers alone, with whose move it is and how long it stands."""

import re
from datetime import timedelta

import pytest

from tests.support.visitors import Enter, told, words
from tests.support.world import NURSES, World
from tests.workflow.approaches.house import answered, approached
from tests.workflow.engine.lifecycles import drop, edited, put
from tests.workflow.engine.rounds.test_due_time import carry_out
from workflow.demo import path
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import from_tables

# A lifecycle in which a suspension is reviewed by nobody.
UNREVIEWED = from_tables(
    edited(
        put("version", "6"), drop("rounds/reviewing"), drop("rounds/reviewing_again"),
        drop("rules/suspension_review"),
    ), "unreviewed.toml",
)  # fmt: skip


def test_officers_find_the_desk_in_the_bar_and_nobody_else_does(enter: Enter) -> None:
    found = {who: enter(who).page("/") for who in ("jane.okello", "elena.petrova", "joao.lima")}

    assert ['href="/desk"' in page for page in found.values()] == [True, True, False]


@pytest.mark.parametrize("who", ["joao.lima", "marie.laurent", "naledi.khumalo"])
def test_the_desk_is_closed_to_others(enter: Enter, who: str) -> None:
    answer = enter(who).get("/desk")

    assert answer.status_code == 403
    assert "for those who hold the role" in words(answer)


def test_an_empty_desk_says_what_will_come(enter: Enter) -> None:
    page = enter("jane.okello").page("/desk")

    assert "Nothing waits on anybody" in page
    assert "from the day its proposal is submitted" in page


def test_a_case_says_whose_move_it_is_how_long_and_who_has_taken_it(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    world.clock.pass_time(days=3)
    jane = enter("jane.okello")

    page = jane.page("/desk")

    assert f'href="/programmes/{ref}"' in page
    assert "to screen the proposal" in page
    assert "for 3 days" in page
    assert "nobody has taken it" in page
    assert ref not in jane.page("/desk?stage=approval")


def test_a_case_in_which_nobody_is_asked_says_so(world: World, enter: Enter) -> None:
    publish(world.engine, UNREVIEWED)
    ref = path.begin(world, NURSES)
    path.carry(world, ref, NURSES, "active")
    carry_out(world, ref, "suspension")

    page = enter("jane.okello").page("/desk")

    assert f'href="/programmes/{ref}"' in page
    assert "Nobody’s move" in page


@pytest.mark.parametrize("asked", ["?stage=nowhere", "?after=x", "?stage=%F0"])
def test_nonsense_in_the_address_narrows_nothing(world: World, enter: Enter, asked: str) -> None:
    ref = world.programme("screening")

    assert ref in enter("jane.okello").page(f"/desk{asked}")


def test_approaches_without_an_answer_stand_there_by_age(world: World, enter: Enter) -> None:
    approached(world, ["BRA", "IND"], "energy")
    world.clock.at += timedelta(days=20)
    (answering, leads) = approached(world, ["CHN", "ZAF"], "energy")
    answered(world, leads, "ZAF", "lead")
    world.clock.at += timedelta(days=15)

    page = enter("elena.petrova").page("/desk")

    said = told(page)
    assert "Approaches without an answer 3 wait" in said
    assert re.search(r"up to 14 days 0 up to 30 days 1 longer than 30 days 2", said)
    assert answering in page
    # What only its time moves stands on nobody's desk.
    assert leads not in page
