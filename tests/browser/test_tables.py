"""Tables stay within their cards, also where due times stand by a reader's own clocks as well."""

import pytest

from tests.browser.walker import Walker
from tests.browser.walkers import Walkers

SMALLEST_DESK = 1024


@pytest.mark.parametrize("width", [SMALLEST_DESK, 1280])
def test_no_table_reaches_out_of_its_card(walker: Walkers, width: int) -> None:
    wide = {
        (who, address): spilled(walker.as_(who, width=width).open(address))
        for who, address in (
            ("joao.lima", "/queue"),
            ("elena.petrova", "/queue"),
            ("jane.okello", "/desk"),
            ("naledi.khumalo", "/office/setup"),
        )
    }

    assert {where: rows for where, rows in wide.items() if rows} == {}


def spilled(walker: Walker) -> list[str]:
    """The headings of columns that begin or end outside the card of their table."""
    found: list[str] = walker.page.evaluate("""() =>
      [...document.querySelectorAll(".card table")].flatMap((table) => {
        const card = table.closest(".card").getBoundingClientRect();
        return [...table.querySelectorAll("thead th")]
          .filter((each) => {
            const box = each.getBoundingClientRect();
            return box.right > card.right + 1 || box.left < card.left - 1;
          })
          .map((each) => each.textContent.trim());
      })""")
    return found
