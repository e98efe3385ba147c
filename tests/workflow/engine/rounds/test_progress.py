"""Seats asked in the order of their categories: the later wait, and are told exactly why."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.lifecycles import small_raw
from tests.workflow.engine.small_cases import opened
from workflow.audit.verification.verify import verify
from workflow.engine.commands import open_case
from workflow.engine.models import Round
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import RoundClosed
from workflow.lifecycles.loader.files import body_of, from_body

REF = "CHAIN-1"
OFFICER, HEAD = "jane.okello", "elena.petrova"
WHY = "This seat comes after others: Special Unit"


def a_chain() -> dict[str, Any]:
    """The officer signs first, then the Director."""
    raw = small_raw({"chain": {"states": ["a"], "outcomes": {"complete": "z"}}}, "a")
    role = raw["roles"].pop("officer")
    raw["roles"] = {
        "unit_officer": role,
        "unit_head": {**role, "label": "Director"},
    }
    raw["documents"]["paper"]["written_by"][0]["role"] = "unit_officer"
    sign = {"label": "Sign", "stance": "for", "meaning": "I sign.", "consequence": "Goes on."}
    raw["rules"]["chain"] |= {
        "kind": "sequential",
        "categories": ["first", "second"],
        "seats": [
            {"role": "unit_head", "of": "office:special-unit", "category": "second"},
            {"role": "unit_officer", "of": "office:special-unit", "category": "first"},
        ],
        "verdicts": {"sign": sign},
    }
    return raw


@pytest.fixture
def chain(world: World) -> World:
    return chained(world, a_chain())


def chained(world: World, raw: dict[str, Any]) -> World:
    """A case under this definition, its first round open."""
    definition_id = open_case.publish(world.engine, from_body(body_of(raw)))
    with opened(world, definition_id, REF, who=OFFICER, title="A chain", proposer="special-unit"):
        pass
    return world


def test_a_later_seat_is_refused_before_its_turn(chain: World):
    with pytest.raises(RoundClosed, match=WHY):
        chain.answer(REF, "chain", HEAD, "sign")

    assert chain.state(REF) == "a"


def test_in_their_order_they_complete_it(chain: World):
    chain.answer(REF, "chain", OFFICER, "sign")

    receipt = chain.answer(REF, "chain", HEAD, "sign")

    assert receipt.outcome == "complete"
    assert chain.state(REF) == "z"


def test_the_button_knows_the_turn_as_the_command_does(chain: World):
    person, now = chain.person(HEAD), chain.engine.now()

    with chain.engine.reading() as session:
        case = visible_case(session, REF, person, now)
        (own,) = [a for a in actions(session, chain.engine, case, person, now) if a.own]

    assert not own.allowed
    assert str(own.reasons[0]).startswith(WHY)


def test_the_queue_says_so_too(chain: World):
    with chain.engine.reading() as session:
        page = queue_page.page(
            session, chain.engine, chain.person(HEAD), QueueFilters(), chain.engine.now()
        )

    (waiting,) = [each for each in page.rows if each.ref == REF]
    assert str(waiting.barred[0]).startswith(WHY)


def test_a_round_that_finds_nobody_for_a_seat_says_so_and_verifies(world: World) -> None:
    raw = a_chain()
    raw["rules"]["chain"]["seats"][0]["of"] = "donor"

    chained(world, raw)

    with world.engine.reading() as session:
        said = session.scalars(select(Round.explanation)).one()
    assert said == "No party holds the seat of Director."
    assert verify(world.engine.database).differences == []
