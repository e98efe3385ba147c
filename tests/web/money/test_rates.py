"""Rates of exchange are entered on their page, whole, and a refusal loses nothing."""

import io

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE

FILE = "date,currency,units_per_usd\n2026-03-01,EUR,0.92\n"


def test_a_file_is_entered_and_listed(world: World, enter: Enter) -> None:
    finance = enter(FINANCE)

    sent = finance.post("/rates", {"file": (io.BytesIO(FILE.encode()), "march.csv"), "lines": ""})

    assert sent.status_code == 303
    page = enter("li.wei").get("/rates").text
    assert "0.92" in page
    assert 'name="lines"' not in page


def test_each_wrong_line_is_told_and_what_was_sent_stays(world: World, enter: Enter) -> None:
    finance = enter(FINANCE)

    page = finance.post("/rates", {"lines": FILE + "2026-03-02,EUR,nought\n"})
    binary = finance.post("/rates", {"file": (io.BytesIO(b"\xff\xfe\x00"), "march.xls")})

    assert (page.status_code, binary.status_code) == (422, 422)
    assert "line 3" in page.text
    assert "2026-03-02,EUR,nought" in page.text
    assert "save it as CSV in UTF-8" in binary.text


def test_a_rate_far_from_the_one_before_is_entered_once_it_is_said_to_be_meant(
    world: World, enter: Enter
) -> None:
    finance = enter(FINANCE)
    finance.post("/rates", {"lines": FILE})
    strange = FILE.replace("03-01", "04-01").replace("0.92", "92")
    before = finance.get("/rates").text

    asked = finance.post("/rates", {"lines": strange})
    done = finance.post("/rates", {"lines": strange, "meant": "y"})

    assert (asked.status_code, done.status_code) == (422, 303)
    assert "92 is far from 0.92" in asked.text
    assert 'name="meant"' in asked.text
    assert 'name="meant"' not in before


def test_a_stranger_enters_no_rates(world: World, enter: Enter) -> None:
    assert enter("li.wei").post("/rates", {"lines": FILE}).status_code == 403
