"""While somebody types, the page says at each field what does not fit, and takes it back."""

import pytest

from tests.browser.conftest import Begin
from tests.browser.walkers import Walkers

SHORT = "The end does not come after the start"


@pytest.mark.proof(apart=True)
def test_a_field_says_what_does_not_fit_and_takes_it_back_while_it_is_typed(
    walker: Walkers, begin: Begin
) -> None:
    ref = begin("Nurses whose end comes first", "draft")
    joao = walker.as_("joao.lima").open(f"/programmes/{ref}/documents/proposal/edit/period")

    joao.fill("Planned end", "2026-01-01").reads(SHORT)
    described = joao.labelled("Planned end").get_attribute("aria-describedby") or ""
    joao.fill("Planned end", "2028-06-30").misses(SHORT)

    assert "field-planned_end-note" in described
    joao.open(joao.address).misses(SHORT)
    assert joao.kept("Planned end") == "2028-06-30"
