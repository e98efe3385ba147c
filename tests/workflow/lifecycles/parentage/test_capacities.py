"""Parts that child cases are opened for and that no round appoints to."""

import pytest

from tests.workflow.engine.lifecycles import Edit, edited, put
from tests.workflow.lifecycles.with_children import with_children
from workflow.lifecycles import soundness
from workflow.lifecycles.loader.files import from_tables


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ((), []),
        ((put("children/country_part/for_each", "lead"),), []),
        # Another one may convene later, whoever was named first.
        (
            (
                put("children/amendment/speaks", "convenor"),
                put("rounds/lead_confirmation/appoints", []),
            ),
            [],
        ),
        (
            (
                put("children/country_part/for_each", "lead"),
                put("children/country_part/states", ["draft"]),
                put("rounds/final_review/waits_for", []),
            ),
            ["children.country_part.for_each", "children.country_part.speaks"],
        ),
        (
            (
                put("children/amendment/speaks", "convenor"),
                put("rounds/lead_confirmation/appoints", []),
                put("rounds/convenor_round/appoints", []),
            ),
            ["children.amendment.speaks"],
        ),
    ],
)
def test_a_part_that_nobody_can_have_is_warned_of(edits: tuple[Edit, ...], told: list[str]) -> None:
    definition = from_tables(edited(*edits, raw=with_children()), "a.toml")

    warned = [each for each in soundness.warnings(definition) if "appoints" in str(each.problem)]

    assert [str(each.place) for each in warned] == told
