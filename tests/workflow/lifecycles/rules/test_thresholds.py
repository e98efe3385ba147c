"""Enough acceptances, or a quorum of positions without an objection."""

from dataclasses import replace

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.rules.thresholds import quorum

LEAD_GROUP = a_rule(
    RuleKind.THRESHOLD,
    a_verdict("accepts", Stance.FOR, label="Accept to lead"),
    a_verdict("declines", Stance.NEUTRAL, label="Decline"),
    threshold=2,
)
CONSULTATION = a_rule(
    RuleKind.POSITIONS,
    a_verdict("leads", Stance.FOR, label="Offers to lead"),
    a_verdict("supports", Stance.FOR, label="Supports"),
    a_verdict("passes", Stance.NEUTRAL, label="Takes no position"),
    a_verdict("objects", Stance.AGAINST, label="Objects"),
    quorum=(0.5, 2),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India accepts; Thailand accepts", "reached"),
        ("India accepts; Thailand accepts; Brazil declines", "reached"),
        ("India accepts; Thailand accepts; Brazil is silent", None),
        ("India accepts; Thailand accepts; Brazil is silent; time is up", "reached"),
        ("India accepts; Thailand declines", "not_reached"),
        ("India accepts; Thailand is silent", None),
        ("India accepts; Thailand is silent; time is up", "not_reached"),
        ("India declines; Thailand is silent", "not_reached"),
        ("India declines; Thailand is silent; Brazil is silent", None),
        ("India is silent", "not_reached"),
        ("India accepts; Thailand accepts; Brazil is recused", "reached"),
        ("India accepts; Thailand is silent; Brazil is recused", None),
        ("India is recused; time is up", None),
    ],
)
def test_enough_acceptances_reach_the_threshold(words: str, outcome: str | None) -> None:
    assert reading(LEAD_GROUP, words).outcome == outcome


QUESTION = a_rule(RuleKind.THRESHOLD, a_verdict("explains", Stance.FOR), threshold=1)


@pytest.mark.parametrize(
    ("words", "at_due"),
    [
        ("India explains; Thailand is silent", "If time runs out first, it counts as answered."),
        (
            "India is silent; Thailand is silent",
            "If time runs out first, it counts as not answered.",
        ),
    ],
)
def test_a_question_is_answered_and_not_voted_on(words: str, at_due: str) -> None:
    found = reading(QUESTION, words)

    assert "for it" not in found.explanation
    assert ", 1 needed" in found.explanation
    assert told(found.changes)[-1] == at_due


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ((), "With 1 more answer it settles at once."),
        (("host",), "As soon as 2 answered and Oman has answered, it settles."),
    ],
)
def test_an_early_question_says_what_settles_it(categories: tuple[str, ...], said: str) -> None:
    rule = replace(QUESTION, threshold=2, early=True, categories=categories)

    found = reading(rule, "India explains; Thailand is silent; Oman (host) is silent")

    assert said in told(found.changes)
    assert not [each for each in told(found.changes) if "for it" in each]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India leads; Thailand supports; Brazil passes", "passed"),
        ("India leads; Thailand supports; Brazil is silent", None),
        ("India leads; Thailand supports; Brazil is silent; time is up", "passed"),
        ("India passes; Thailand passes; Brazil is silent; time is up", "passed"),
        ("India leads; Thailand is silent; Brazil is silent; time is up", "failed"),
        ("India leads; Thailand supports; Brazil objects", None),
        ("India leads; Thailand supports; Brazil objects; time is up", "failed"),
        ("India is silent; Thailand is silent; time is up", "failed"),
        ("India leads; Thailand supports; Brazil is recused", "passed"),
        ("India leads; Thailand is recused", None),
        ("India leads; Thailand is recused; time is up", "failed"),
        ("India is recused; Thailand is recused; time is up", None),
    ],
)
def test_positions_pass_with_a_quorum_and_no_objection(words: str, outcome: str | None) -> None:
    assert reading(CONSULTATION, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "outcome", "said"),
    [
        (
            "India accepts; Thailand accepts; Brazil is silent",
            "reached",
            "No answer that is missing",
        ),
        ("India accepts; Thailand accepts", "reached", "2 needed"),
        ("India accepts; Thailand is silent; Brazil is silent", None, "1 for it"),
        ("India declines; Thailand is silent; Brazil is silent", None, "0 for it"),
        ("India declines; Thailand declines; Brazil is silent", "not_reached", "0 for it"),
    ],
)
def test_an_early_threshold_settles_as_soon_as_no_missing_answer_can_change_it(
    words: str, outcome: str | None, said: str
) -> None:
    found = reading(replace(LEAD_GROUP, early=True), words)

    assert found.outcome == outcome
    assert said in found.explanation


def test_an_early_threshold_says_how_few_more_settle_it() -> None:
    found = reading(
        replace(LEAD_GROUP, early=True), "India accepts; Thailand is silent; Brazil is silent"
    )

    assert "With 1 more for it, it settles at once." in told(found.changes)


def test_the_first_of_three_takes_it_where_one_is_enough_and_early() -> None:
    first = replace(LEAD_GROUP, threshold=1, early=True)

    assert reading(first, "India accepts; Brazil is silent; China is silent").outcome == "reached"
    assert reading(first, "India declines; Brazil is silent; China is silent").outcome is None


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India leads; Thailand is recused", "failed"),
        ("India leads; Thailand supports; Brazil objects", None),
        ("India leads; Thailand supports; Brazil is silent", None),
    ],
)
def test_early_positions_fail_only_when_there_are_too_few_seats_for_the_quorum(
    words: str, outcome: str | None
) -> None:
    assert reading(replace(CONSULTATION, early=True), words).outcome == outcome


@pytest.mark.parametrize(
    ("share", "least", "seats", "needed"),
    [
        (0.5, 2, 5, 3),
        (0.5, 2, 4, 2),
        (0.5, 2, 1, 2),
        (0.0, 0, 7, 0),
        (1.0, 0, 7, 7),
        (0.07, 0, 100, 7),
    ],
)
def test_the_quorum_is_the_greater_of_its_share_and_its_least(
    share: float, least: int, seats: int, needed: int
) -> None:
    assert quorum(a_rule(RuleKind.POSITIONS, quorum=(share, least)), seats) == needed


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "India accepts; Thailand accepts; Brazil is silent",
            "2 of 3 seats answered, 2 for it, 2 needed; India and Thailand say “Accept to lead”.",
            (
                "An answer from Brazil settles it.",
                "If time runs out first, the threshold counts as reached.",
            ),
        ),
        (
            "India declines; Thailand is silent; Brazil is silent",
            "1 of 3 seats answered, 0 for it, 2 needed; India says “Decline”.",
            (
                "Answers from Thailand and Brazil settle it.",
                "If time runs out first, the threshold counts as not reached.",
            ),
        ),
        (
            "India declines; Thailand is silent",
            "1 of 2 seats answered, 0 for it, 2 needed; India says “Decline”.",
            (),
        ),
    ],
)
def test_the_count_of_acceptances_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(LEAD_GROUP, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "India leads; Thailand leads; Brazil objects; Egypt is silent; Oman is silent",
            (
                "3 of 5 seats answered, quorum 3; India and Thailand say “Offers to lead”; "
                "Brazil says “Objects”. The objection of Brazil stands."
            ),
            (
                (
                    "If Brazil withdraws its objection and Egypt and Oman answer without objecting, "
                    "the round passes."
                ),
                "If time runs out first, the round fails.",
            ),
        ),
        (
            "India objects; Brazil objects",
            (
                "2 of 2 seats answered, quorum 2; India and Brazil say “Objects”. "
                "The objection of India and Brazil stands."
            ),
            (
                "If India and Brazil withdraw their objections, the round passes.",
                "If time runs out first, the round fails.",
            ),
        ),
        (
            "India leads; Thailand supports; Brazil is silent",
            (
                "2 of 3 seats answered, quorum 2; India says “Offers to lead”; "
                "Thailand says “Supports”."
            ),
            (
                "If Brazil answers without objecting, the round passes.",
                "If time runs out first, the round passes.",
            ),
        ),
        (
            "India leads; Brazil is recused",
            (
                "1 of 1 seat answered, quorum 2; India says “Offers to lead”; Brazil stepped back. "
                "There are fewer seats than the quorum, so it cannot pass."
            ),
            ("If time runs out first, the round fails.",),
        ),
        (
            "India leads; Brazil is silent; Oman is silent; time is up",
            (
                "1 of 3 seats answered, quorum 2; India says “Offers to lead”. "
                "Time ran out before the quorum was there."
            ),
            (),
        ),
    ],
)
def test_the_positions_are_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(CONSULTATION, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India (offered) accepts; Thailand (offered) accepts; Brazil (offered) is silent", None),
        ("India (offered) accepts; Thailand accepts; Brazil (offered) declines; China is silent", "reached"),
        ("India (offered) accepts; Thailand (offered) accepts; China is silent", "reached"),
        ("India (offered) accepts; Thailand (offered) is recused; China accepts; Peru is silent", "reached"),
        ("India (offered) accepts; Thailand accepts; Brazil (offered) is silent; time is up", "reached"),
        ("India (offered) declines; Thailand (offered) is silent", "not_reached"),
    ],
)  # fmt: skip
def test_an_early_threshold_cuts_off_nobody_of_its_categories(
    words: str, outcome: str | None
) -> None:
    first = replace(LEAD_GROUP, early=True, categories=("offered",))

    assert reading(first, words).outcome == outcome


def test_an_early_threshold_says_whom_it_waits_for() -> None:
    first = replace(LEAD_GROUP, early=True, categories=("offered",))

    found = reading(
        first,
        "India (offered) accepts; Thailand accepts; Brazil (offered) is silent; China is silent",
    )

    said = "As soon as 2 are for it and Brazil has answered, it settles."
    assert said in told(found.changes)
