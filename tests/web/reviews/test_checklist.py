"""The checklist of a round in the browser: each line as it stands, and an answer bound to what was shown."""

import pytest

from tests.support.deciding import decide, opened, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.cases.family import HEAD, OFFICER, REF, below
from tests.workflow.engine.checklists.listed import MONEY, PARTS, running
from tests.workflow.ledger.bookkeeping import counts
from workflow.ledger.accounts import MoneyAct

# What a page shows is the same on both kinds of database; the engine's own tests hold it on each.
pytestmark = pytest.mark.proof(either=True)


def test_what_is_open_is_listed_with_a_link_and_nobody_can_be_for_it(
    world: World, enter: Enter
) -> None:
    running(world, PARTS, MONEY)
    first, second = below(world)

    page = enter(OFFICER).page(round_page(world, REF, "closing", OFFICER))

    said = told(page)
    assert f'<a href="/programmes/{first}">{first} (Part) is open</a>' in page
    assert "Money is reconciled Does not apply. No money of it was recorded in the ledger." in said
    assert f"Missing: Parts are done: {first} (Part) is open and {second} (Part) is open" in said


def test_an_answer_from_a_page_that_showed_another_list_comes_back_with_the_new_one(
    world: World, enter: Enter
) -> None:
    running(world, PARTS)
    address = round_page(world, REF, "closing", HEAD)
    visitor = enter(HEAD)
    first, second = below(world)
    world.answer(first, "task", OFFICER, "done")
    form = opened(visitor, address)
    world.answer(second, "task", OFFICER, "done")

    stale = visitor.flask.post(address, data={**form, "verdict": "close"}, buffered=True)
    taken = decide(visitor, address, {"verdict": "close"})

    assert stale.status_code == 409
    assert "The checklist has changed since you opened this page" in told(stale)
    assert taken.status_code in {200, 303}
    assert "“Parts are done”: met" in told(visitor.page(f"/histories/{REF}"))


def test_a_line_that_allows_a_reason_asks_for_it_at_its_field_and_keeps_the_answer(
    world: World, enter: Enter
) -> None:
    running(world, MONEY)
    counts(world, REF, MoneyAct.COMMITMENT, "90")
    counts(world, REF, MoneyAct.RECEIPT, "90")
    address = round_page(world, REF, "closing", HEAD)

    refused = decide(enter(HEAD), address, {"verdict": "close"})

    assert refused.status_code == 422
    assert "Say why, although this is open: Money is reconciled." in told(refused)
