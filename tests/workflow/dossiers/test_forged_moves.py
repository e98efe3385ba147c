"""A dossier in which a move to another version was forged is refused, whatever of it was forged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.rewriting import rewrite
from tests.support.world import World
from tests.workflow.dossiers.handed import examined, hand, house
from tests.workflow.dossiers.test_migrated import moved
from workflow.dossiers.collect import DossierRequest

Body = dict[str, Any]


@pytest.fixture
def world(sqlite_world: World) -> World:
    """What is not about the database itself is tried on one kind."""
    return sqlite_world


def a_lifecycle_left_that_never_was(what: Body) -> None:
    what["from"] = what["definition"]


def another_lifecycle_left(what: Body) -> None:
    what["from"] = "0" * 64


def another_state(what: Body) -> None:
    what["state"] = "decision"


def a_state_that_there_is_not(what: Body) -> None:
    what["states"][0]["to"] = what["state"] = "nowhere"


def a_round_that_was_never_opened(what: Body) -> None:
    what["rounds"][0]["turn"] = 7


def an_open_round_left_out(what: Body) -> None:
    what["rounds"] = []


def an_answered_seat_gone(what: Body) -> None:
    what["rounds"][0]["gone"] = [
        {"role": "pivotal_focal", "party": "ind", "category": ""},
    ]


def a_seat_that_was_there(what: Body) -> None:
    what["rounds"][0]["came"] = [
        {
            "role": "pivotal_focal", "party": "tha", "category": "", "part": "decides",
            "body": None,
        },
    ]  # fmt: skip


def two_rounds_in_one_place(what: Body) -> None:
    what["rounds"] = [*what["rounds"], what["rounds"][0]]


FORGED: dict[Callable[[Body], None], str] = {
    a_lifecycle_left_that_never_was: "it leaves a lifecycle that the case did not follow then",
    another_lifecycle_left: "it leaves a lifecycle that the case did not follow then",
    another_state: "it puts the case into decision",
    a_state_that_there_is_not: "the lifecycle knows no state nowhere",
    a_round_that_was_never_opened: "it goes on with a round that was never opened",
    an_open_round_left_out: "it does not say what becomes of an open round",
    an_answered_seat_gone: "it takes a seat away that was not there, or was answered",
    a_seat_that_was_there: "it gives a seat that was there already",
    two_rounds_in_one_place: "it puts two rounds in the place of one",
}


@pytest.mark.parametrize("forge", FORGED, ids=lambda forge: forge.__name__)
def test_a_forged_move_is_named(
    world: World, tmp_path: Path, forge: Callable[[Body], None]
) -> None:
    ref = moved(world)

    def change(body: Body) -> Body:
        if body["type"] == "case.migrated":
            forge(body["what"])
        return body

    rewrite(world.engine.database, ref, change)
    dossier = tmp_path / "dossier.zip"
    hand(world, DossierRequest(ref, None, bare=True), dossier, house(tmp_path))

    report = examined(dossier)

    assert any(FORGED[forge] in str(each) for each in report.faults), report.faults


def test_what_was_not_forged_is_not_named(world: World, tmp_path: Path) -> None:
    ref = moved(world)
    rewrite(world.engine.database, ref, lambda body: body)
    dossier = tmp_path / "dossier.zip"
    hand(world, DossierRequest(ref, None, bare=True), dossier, house(tmp_path))

    report = examined(dossier)

    assert not any("Event" in str(each) and "log" not in str(each) for each in report.faults)
