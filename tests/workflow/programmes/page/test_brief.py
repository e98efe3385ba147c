"""What a decision on a programme has in view: facts, money by source, and the objective."""

from decimal import Decimal

import pytest

from tests.support.world import NURSES, World
from tests.workflow.engine.pages.opened import viewer
from workflow.engine.pages import review
from workflow.programmes.page.brief import Brief, MoneySource, brief, sources
from workflow.programmes.page.facts import facts


def told(world: World, ref: str, key: str, who: str) -> Brief:
    """What is said to one person who decides in a round."""
    with world.engine.reading() as session:
        seen = viewer(world, session, ref, who)
        known = facts(session, seen.definition, seen.case.id, seen.person, seen.now.date())
        assert known is not None
        return brief(seen, review.of_round(seen, key, 1), known)


def test_the_board_has_countries_total_and_objective_of_what_it_decides(world: World) -> None:
    ref = world.programme("decision")

    found = told(world, ref, "decision", "carla.duarte")

    assert found.facts.parties["beneficiary"] == ("Angola", "Mozambique")
    assert found.facts.parties["convenor"] == ("India",)
    assert found.objective == NURSES.texts["proposal"]["objective"]
    assert (found.total, found.before) == (Decimal(385000), None)
    assert found.sources == (
        MoneySource("UNFSSC", Decimal(150000)), MoneySource("India", Decimal(235000)),
    )  # fmt: skip
    assert (found.starts, found.ends) == ("2027-01-01", "2028-06-30")
    assert len(found.hearings) == 3


def test_a_text_that_asks_for_another_total_says_what_it_was(world: World) -> None:
    ref = world.programme("formulation")
    text = {
        **NURSES.texts["project_document"],
        "total_cost": "400000",
        "unfunded": "15000",
        "budget": [{"year": "2027", "source": "India", "amount": "400000"}],
    }
    world.file(ref, "project_document", "kenji.watanabe", text)

    found = told(world, ref, "presentation", "kenji.watanabe")

    assert (found.total, found.before) == (Decimal(400000), Decimal(385000))


def test_whoever_has_still_to_declare_is_told_nothing_of_the_text(world: World) -> None:
    ref = world.programme("appraisal")

    found = told(world, ref, "appraisal", "ravi.chand")

    assert (found.objective, found.sources, found.hearings) == ("", (), ())
    assert found.facts.parties["beneficiary"] == ("Angola", "Mozambique")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], ()),
        ([{"source": "India", "amount": "5"}], (MoneySource("India", Decimal(5)),)),
        ([{"source": "India", "amount": "much"}, {"source": "", "amount": "5"}], ()),
        (
            [
                {"source": "India", "amount": "5"},
                {"source": "Fund", "amount": "1"},
                {"source": " India ", "amount": "2.5"},
            ],
            (MoneySource("India", Decimal("7.5")), MoneySource("Fund", Decimal(1))),
        ),
    ],
)
def test_money_is_told_once_for_each_source(
    lines: list[dict[str, str]], found: tuple[MoneySource, ...]
) -> None:
    assert sources(lines) == found
