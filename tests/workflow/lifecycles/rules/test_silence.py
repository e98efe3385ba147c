"""Silence: adopted at its end, broken by objections, and never an approval."""

from fractions import Fraction

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.quantities import Breaks, Share, Vote
from workflow.lifecycles.rule import Recused, Rule, RuleKind, Stance

VERDICTS = (
    a_verdict("objects", Stance.AGAINST, label="Object"),
    a_verdict("amends", Stance.AGAINST, label="Propose a change"),
    a_verdict("states", Stance.NEUTRAL, label="State"),
)
THIRD = Share(Fraction(1, 3))


def silence(breaks: Breaks = Breaks(), *, revives: bool = False, **figures: object) -> Rule:  # noqa: B008
    return a_rule(RuleKind.SILENCE, *VERDICTS, breaks=breaks, revives=revives, **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("breaks", "words", "outcome"),
    [
        (Breaks(), "India is silent; Oman is silent", None),
        (Breaks(), "India is silent; Oman is silent; time is up", "adopted"),
        (Breaks(), "India states; Oman states", None),
        (Breaks(), "India states; Oman is silent; time is up", "adopted"),
        (Breaks(), "India objects; Oman is silent", "broken"),
        (Breaks(), "India amends; Oman is silent", "broken"),
        (Breaks(2), "India objects; Oman is silent; Peru is silent", None),
        (Breaks(2), "India objects; Oman is silent; Peru is silent; time is up", "adopted"),
        (Breaks(2), "India objects; Oman amends; Peru is silent", "broken"),
        (Breaks(5), "India objects; Oman objects", "broken"),
        (Breaks(5), "India objects; Oman is silent; time is up", "adopted"),
        (Breaks(2, of_one_category=True), "India (a) objects; Oman (b) objects; Peru (b) is silent", None),
        (Breaks(2, of_one_category=True), "India (a) objects; Oman (a) objects; Peru (b) is silent", "broken"),
        (
            Breaks(2, of_one_category=True),
            "India (a) objects; Oman (a) objects; Peru (b) objects; Cuba (b) is silent",
            "broken",
        ),
        (Breaks(share=THIRD), "India objects; Oman is silent; Peru is silent", "broken"),
        (Breaks(share=THIRD), "India objects; Oman is silent; Peru is silent; Cuba is silent", None),
    ],
)  # fmt: skip
def test_silence_is_kept_or_broken_by_the_rules_own_number(
    breaks: Breaks, words: str, outcome: str | None
):
    assert reading(silence(breaks), words).outcome == outcome


def test_weights_make_one_objection_heavy_and_another_light():
    rule = silence(Breaks(share=THIRD), vote=Vote(weights={"party:india": 5}))

    assert reading(rule, "India objects; Oman is silent; Peru is silent").outcome == "broken"
    assert reading(rule, "India is silent; Oman objects; Peru is silent").outcome is None


@pytest.mark.parametrize(("recused", "outcome"), [("leaves", "broken"), ("stays", None)])
def test_a_recused_party_leaves_the_whole_or_stays_in_it(recused: str, outcome: str | None):
    rule = silence(Breaks(share=THIRD), recused=Recused(recused))

    found = reading(rule, "India objects; Oman is silent; Peru is silent; Cuba is recused")

    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India objects; Oman is silent", None),
        ("India states; Oman is silent; time is up", "adopted"),
        ("India objects; Oman is silent; time is up", "broken"),
    ],
)
def test_where_withdrawal_revives_a_break_waits_for_the_end(words: str, outcome: str | None):
    assert reading(silence(revives=True), words).outcome == outcome


def test_the_silent_are_told_of_as_not_objecting_and_never_as_approving():
    found = reading(silence(), "India states; Oman is silent; Peru is silent; time is up")

    assert found.explanation == (
        "1 of 3 seats answered; India says “State”. No objection received from Oman and Peru."
    )
    assert "approv" not in found.explanation.lower()


def test_a_running_silence_says_what_would_break_it():
    found = reading(silence(), "India is silent; Oman is silent")

    assert found.explanation == (
        "0 of 2 seats answered. No objection received so far from India and Oman."
    )
    assert told(found.changes) == (
        "One objection breaks it.",
        "If time runs out first, the silence is kept.",
    )


@pytest.mark.parametrize(
    ("breaks", "words", "told_of"),
    [
        (Breaks(), "India objects; Oman is silent", "The objection of India breaks the silence."),
        (
            Breaks(2),
            "India objects; Oman is silent; Peru is silent",
            "The objection of India does not break the silence alone.",
        ),
    ],
)
def test_an_objection_is_named_with_what_it_does(breaks: Breaks, words: str, told_of: str):
    assert reading(silence(breaks), words).explanation.endswith(told_of)


@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [
        (Breaks(2), "2 objections break it."),
        (Breaks(2, of_one_category=True), "2 objections from one category break it."),
        (Breaks(share=THIRD), "Objections with at least 1/3 of the weight break it."),
    ],
)
def test_how_many_objections_break_it_is_said(breaks: Breaks, sentence: str):
    found = reading(
        silence(breaks), "India is silent; Oman is silent; Peru is silent; Cuba is silent"
    )

    assert told(found.changes)[0] == sentence


def test_where_no_objection_counts_it_is_an_incident_and_where_one_does_it_is_none():
    nobody = silence(vote=Vote(weights={"party:india": 0, "party:oman": 0}))
    one = silence(vote=Vote(weights={"party:india": 0}))
    silent = "India is silent; Oman is silent; time is up"

    found = reading(nobody, silent)

    assert found.outcome is None
    assert "Nobody is left whose objection could count" in found.explanation
    assert told(found.changes) == (
        "Somebody whose objection counts has to be asked before it can settle.",
    )
    assert reading(one, silent).outcome == "adopted"
