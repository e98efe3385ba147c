"""A body decides only what all of its seats agree on."""

from dataclasses import replace

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.rule import RuleKind, Stance

BOARD = a_rule(
    RuleKind.CONSENSUS,
    a_verdict("approves", Stance.FOR, "approve", label="Approve"),
    a_verdict("abstains", Stance.NEUTRAL, label="Abstain"),
    a_verdict("defers", Stance.FOR, "defer", label="Defer"),
    a_verdict("rejects", Stance.AGAINST, "reject", label="Reject"),
    a_verdict("objects", Stance.AGAINST, label="Object"),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India approves; Brazil approves; Oman approves", "approve"),
        ("India rejects; Brazil rejects", "reject"),
        ("India approves; Brazil abstains", "approve"),
        ("India approves; Brazil defers", None),
        ("India approves; Brazil approves; Oman objects", None),
        ("India approves; Brazil is silent", None),
        ("India approves; Brazil is silent; time is up", None),
        ("India approves; Brazil is recused", "approve"),
        ("India abstains; Brazil abstains", None),
        ("India objects; Brazil abstains", None),
        ("India is recused; Brazil is recused; time is up", None),
    ],
)
def test_a_consensus_is_what_all_want(words: str, outcome: str | None) -> None:
    assert reading(BOARD, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "India approves; Brazil abstains",
            "2 of 2 seats answered; India says “Approve”; Brazil says “Abstain”.",
            (),
        ),
        (
            "India is silent; Brazil is silent",
            "0 of 2 seats answered.",
            (
                "India and Brazil have still to answer.",
                "At least one seat has to say what it wants decided.",
            ),
        ),
        (
            "India approves; Brazil is silent",
            "1 of 2 seats answered; India says “Approve”.",
            ("If Brazil says “Approve” or “Abstain”, it is decided.",),
        ),
        (
            "India approves; Brazil objects; Oman is silent",
            (
                "2 of 3 seats answered; India says “Approve”; Brazil says “Object”. "
                "The objection of Brazil blocks a decision."
            ),
            ("The objection of Brazil has to be withdrawn.", "Oman has still to answer."),
        ),
        (
            "India approves; Oman approves; Brazil defers",
            (
                "3 of 3 seats answered; India and Oman say “Approve”; Brazil says “Defer”. "
                "They want different things, so nothing is decided."
            ),
            ("All seats that do not abstain have to want the same.",),
        ),
        (
            "India abstains; Brazil abstains",
            (
                "2 of 2 seats answered; India and Brazil say “Abstain”. "
                "Everybody abstains, so nothing is decided."
            ),
            ("At least one seat has to say what it wants decided.",),
        ),
    ],
)
def test_what_stands_between_them_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(BOARD, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)


SPARING = replace(BOARD, objections_allowed=1)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India approves; Brazil approves; Oman objects", "approve"),
        ("India approves; Brazil objects; Oman objects", None),
        ("India approves; Brazil is silent; Oman objects", None),
        ("India approves; Brazil defers; Oman objects", None),
        ("India abstains; Brazil abstains; Oman objects", None),
    ],
)
def test_a_consensus_minus_one_stands_against_one_objection(words: str, outcome: str | None):
    assert reading(SPARING, words).outcome == outcome


def test_an_objection_that_does_not_block_is_named():
    found = reading(SPARING, "India approves; Brazil approves; Oman objects")

    assert found.explanation.endswith("The objection of Oman does not block.")


def test_where_one_objection_is_allowed_all_others_have_to_be_withdrawn():
    found = reading(SPARING, "India approves; Brazil objects; Oman objects")

    assert told(found.changes) == ("All objections but 1 have to be withdrawn.",)
