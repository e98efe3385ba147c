"""Tables stay within their cards, also where due times stand by a reader's own clocks as well."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from workflow.demo.play import Play
from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase

SMALLEST_DESK = 1024


@pytest.mark.parametrize("width", [SMALLEST_DESK, 1280])
def test_no_table_reaches_out_of_its_card(walker: Walkers, play: Play, width: int) -> None:
    wide = {
        (who, address): spilled(walker.as_(who, width=width).open(address))
        for who, address in (
            ("joao.lima", "/queue"),
            ("elena.petrova", "/queue"),
            ("jane.okello", "/desk"),
            ("naledi.khumalo", "/office/setup"),
            ("kenji.watanabe", f"/programmes/{evaluated(play)}/documents/response"),
        )
    }

    assert {where: rows for where, rows in wide.items() if rows} == {}


def evaluated(play: Play) -> str:
    """The evaluation of a programme in delivery, half-way, whose recommendations are answered."""
    above = aliased(LifecycleCase)
    found = (
        select(LifecycleCase.ref)
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .join(above, above.id == ChildCase.parent_id)
        .where(LifecycleCase.subject == "evaluation", LifecycleCase.state == "follow_up")
        .where(above.state == "active")
    )
    with play.engine.reading() as session:
        return session.scalars(found).one()


def spilled(walker: Walker) -> list[str]:
    """The headings of columns that begin or end outside the card of their table, unless they are scrolled to."""
    found: list[str] = walker.page.evaluate("""() =>
      [...document.querySelectorAll(".card table")].flatMap((table) => {
        const card = table.closest(".card").getBoundingClientRect();
        return [...table.querySelectorAll("thead th")]
          .filter((each) => {
            const box = (table.closest(".scrolls") ?? each).getBoundingClientRect();
            return box.right > card.right + 1 || box.left < card.left - 1;
          })
          .map((each) => each.textContent.trim());
      })""")
    return found
