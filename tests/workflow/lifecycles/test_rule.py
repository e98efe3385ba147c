"""Into what a rule can settle a round."""

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict
from workflow.lifecycles.rule import COMPUTED, RuleKind, Stance


def test_every_kind_says_what_it_comes_to_by_itself() -> None:
    assert set(COMPUTED) == set(RuleKind)


@pytest.mark.parametrize("kind", RuleKind)
def test_a_rule_settles_into_what_its_kind_computes_and_what_its_verdicts_lead_to(
    kind: RuleKind,
) -> None:
    rule = a_rule(
        kind,
        a_verdict("returns", Stance.AGAINST, "return"),
        a_verdict("ponders", Stance.NEUTRAL),
    )

    assert rule.outcomes() == {"return", *COMPUTED[kind]}
