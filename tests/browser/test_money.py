"""Money in real browsers: found from the page of a programme, recorded by one, certified by another, moved between lines."""

import pytest

from tests.browser.conftest import Begin
from tests.browser.test_narrow import NARROW, sideways
from tests.browser.walker import Walker
from tests.browser.walkers import Walkers

RECORD, MOVE = "Record money", "Move money between budget lines"
LINE = "1: Courses, 2027, Mozambique; India, USD 950.00 left"


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_each_kind_of_money_is_recorded_and_certified_from_the_page_of_a_programme(
    walker: Walkers, begin: Begin, width: int
) -> None:
    ref = begin(f"Money at {width}", "active")
    jane, tom = walker.as_("jane.okello", width=width), walker.as_("tom.becker", width=width)
    wrong: list[list[str]] = []

    jane.open(f"/programmes/{ref}").follow("Money").follow(RECORD)
    for number, (act, more) in enumerate(ACTS, start=1):
        jane.pick("What happened", act, card=RECORD).pick("Whose money", "India", card=RECORD)
        for label, words in more.items():
            fill(jane, label, words)
        jane.press("Record it").reads("Recorded.")
        wrong.append(sideways(jane))
        tom.open(f"/programmes/{ref}").follow("Money").press(f"Certify movement {number}")
        tom.reads("Certified, and counts from now on")
        wrong.append(sideways(tom))
        jane.open(f"/programmes/{ref}/money")
    jane.unfold(MOVE).pick("From the line", LINE, card=MOVE)
    jane.fill("Output of the new line", "Kits", card=MOVE).fill(
        "Why it is moved", "Fewer.", card=MOVE
    )
    jane.fill("Amount, in the currency of the line", "1000.01", card=MOVE)
    jane.press("Move it", refused=422).reads("USD 950.00 is neither used nor moved")
    wrong.append(sideways(jane))
    jane.fill("Amount, in the currency of the line", "250", card=MOVE).press("Move it")
    tom.open(f"/programmes/{ref}/money").press("Certify movement 9")

    tom.reads("from “Courses, 2027, Mozambique” to “Kits”", "9 · Transfer between budget lines")
    assert [each for each in wrong if each] == []


ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Budget line", {"Amount": "1000", "Output": "Courses", "Year of the budget": "2027", "Country that it is for": "Mozambique"}),
    ("Pledge", {"Amount": "900"}),
    ("Commitment", {"Amount": "900"}),
    ("Receipt", {"Amount": "800"}),
    ("Contribution in kind", {"Amount": "20", "Output": "Rooms"}),
    ("Disbursement", {"Amount": "500", "Disbursed to, or spent by": "United Nations Development Programme"}),
    ("Expenditure", {"Amount": "50", "Output": "Courses", "Year of the budget": "2027", "Country that it is for": "Mozambique"}),
    ("Return", {"Amount": "10"}),
)  # fmt: skip


def fill(page: Walker, label: str, words: str) -> None:
    """Write into a field of the form that records money, or pick there."""
    if label in {"Country that it is for", "Disbursed to, or spent by"}:
        page.pick(label, words, card=RECORD)
    else:
        page.fill(label, words, card=RECORD)
