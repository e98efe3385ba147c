"""Votes: by share, by weight, by category, and under a veto."""

from fractions import Fraction

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.quantities import Among, Share, Vote
from workflow.lifecycles.rule import Recused, RuleKind, Stance

VERDICTS = (
    a_verdict("agrees", Stance.FOR, label="Agree"),
    a_verdict("refuses", Stance.AGAINST, label="Refuse"),
    a_verdict("abstains", Stance.NEUTRAL, label="Abstain"),
)
TWO_THIRDS = Share(Fraction(2, 3))
MORE_THAN_HALF = Share(Fraction(1, 2), more_than=True)


def a_vote(
    kind: RuleKind,
    vote: Vote,
    recused: Recused = Recused.LEAVES,
    quorum: tuple[float, int] = (0.0, 0),
):
    return a_rule(kind, *VERDICTS, vote=vote, recused=recused, quorum=quorum)


@pytest.mark.parametrize(
    ("vote", "words", "outcome"),
    [
        (Vote(TWO_THIRDS), "India agrees; Oman agrees; Peru refuses", "carried"),
        (Vote(TWO_THIRDS), "India agrees; Oman refuses; Peru abstains", "not_carried"),
        (Vote(MORE_THAN_HALF), "India agrees; Oman refuses", "not_carried"),
        (Vote(MORE_THAN_HALF), "India agrees; Oman abstains", "carried"),
        (Vote(MORE_THAN_HALF, abstentions_count=True), "India agrees; Oman abstains", "not_carried"),
        (Vote(MORE_THAN_HALF), "India agrees; Oman is silent; time is up", "carried"),
        (
            Vote(MORE_THAN_HALF, among=Among.SEATS),
            "India agrees; Oman is silent; time is up",
            "not_carried",
        ),
        (Vote(MORE_THAN_HALF), "India agrees; Oman is silent", None),
        (Vote(number=2), "India agrees; Oman refuses; Peru abstains", "not_carried"),
        (Vote(MORE_THAN_HALF, number=2), "India agrees; Oman agrees; Peru refuses", "carried"),
        (Vote(TWO_THIRDS), "India is silent; Oman is silent; time is up", "not_carried"),
        (Vote(TWO_THIRDS, among=Among.SEATS), "India refuses; Oman refuses; Peru is silent", "not_carried"),
    ],
)  # fmt: skip
def test_a_qualified_majority_is_carried_by_its_share(vote: Vote, words: str, outcome: str | None):
    assert reading(a_vote(RuleKind.QUALIFIED_MAJORITY, vote), words).outcome == outcome


@pytest.mark.parametrize(
    ("recused", "outcome"), [(Recused.LEAVES, "carried"), (Recused.STAYS, "not_carried")]
)
def test_whether_a_recused_seat_counts_in_the_whole_is_the_rules_word(
    recused: Recused, outcome: str
):
    rule = a_vote(RuleKind.QUALIFIED_MAJORITY, Vote(TWO_THIRDS, among=Among.SEATS), recused)

    found = reading(rule, "India agrees; Oman is recused; Peru agrees; Cuba is recused")

    assert found.outcome == outcome


def test_an_open_vote_says_what_it_needs_and_what_time_will_do():
    found = reading(
        a_vote(RuleKind.QUALIFIED_MAJORITY, Vote(TWO_THIRDS)), "India agrees; Oman is silent"
    )

    assert found.explanation == (
        "1 of 2 seats answered, 1 for it; India says “Agree”. "
        "It needs at least 2/3 of the seats of those voting for it."
    )
    assert told(found.changes) == (
        "An answer from Oman settles it.",
        "If time runs out first, it is carried.",
    )


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India agrees; Oman (small) refuses; Peru (small) refuses", "carried"),
        ("India refuses; Oman (small) agrees; Peru (small) agrees", "not_carried"),
        ("India is recused; Oman (small) agrees; Peru (small) refuses", "not_carried"),
        ("India is silent; Oman (small) agrees", None),
    ],
)
def test_weights_decide_by_party_and_by_category(words: str, outcome: str | None):
    weights = {"party:india": 5, "small": 2}

    found = reading(a_vote(RuleKind.WEIGHTED, Vote(MORE_THAN_HALF, weights=weights)), words)

    assert found.outcome == outcome


def test_a_panel_without_weight_is_an_incident():
    rule = a_vote(RuleKind.WEIGHTED, Vote(MORE_THAN_HALF, weights={"party:oman": 0}))

    found = reading(rule, "Oman agrees; India is recused; time is up")

    assert found.outcome is None
    assert "this is an incident" in found.explanation


def test_a_seat_without_weight_beside_one_that_has_some_is_no_incident():
    rule = a_vote(RuleKind.WEIGHTED, Vote(MORE_THAN_HALF, weights={"party:oman": 0}))

    assert reading(rule, "India agrees; Oman refuses").outcome == "carried"


@pytest.mark.parametrize(
    ("vote", "words", "needed"),
    [
        (
            Vote(MORE_THAN_HALF, among=Among.SEATS, number=2),
            "India agrees; Oman agrees",
            "It needs more than 1/2 of all seats and at least 2 in number for it.",
        ),
        (Vote(number=2), "India agrees; Oman agrees", "It needs at least 2 in number for it."),
        (Vote(), "India agrees; Oman refuses", "It needs at least 1 for it."),
    ],
)
def test_a_vote_names_every_bound_that_it_has(vote: Vote, words: str, needed: str):
    found = reading(a_vote(RuleKind.QUALIFIED_MAJORITY, vote), words)

    assert found.explanation.endswith(f" {needed}")
    assert found.outcome == "carried"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India agrees; Oman agrees; Peru is silent; time is up", "carried"),
        ("India agrees; Oman is silent; Peru is silent; time is up", "not_carried"),
        ("India agrees; Oman is silent", None),
        ("India agrees; Oman is recused; Peru is recused", "not_carried"),
    ],
)
def test_a_vote_needs_its_quorum_of_answers(words: str, outcome: str | None):
    rule = a_vote(RuleKind.QUALIFIED_MAJORITY, Vote(MORE_THAN_HALF), quorum=(0.0, 2))

    found = reading(rule, words)

    assert found.outcome == outcome
    assert ", 1 for it, quorum 2; " in found.explanation or outcome == "carried"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Oman agrees; Oman agrees; Peru is silent",
            "2 of 3 seats answered, 2 for it; Oman (2 seats) say “Agree”. ",
        ),
        (
            "Oman agrees; Oman is silent; Peru agrees",
            "2 of 3 seats answered, 2 for it; Oman and Peru say “Agree”. ",
        ),
        (
            "Oman agrees; Peru is silent; India is recused; Cuba (consulted) is recused",
            "1 of 2 seats answered, 1 for it; Oman says “Agree”; India stepped back. ",
        ),
    ],
)
def test_whoever_answered_or_stepped_back_is_named_once(words: str, said: str):
    found = reading(a_vote(RuleKind.QUALIFIED_MAJORITY, Vote(MORE_THAN_HALF)), words)

    assert found.explanation.startswith(said)


def test_a_name_with_two_seats_beside_one_with_one_says_how_many():
    found = reading(
        a_vote(RuleKind.QUALIFIED_MAJORITY, Vote(MORE_THAN_HALF)),
        "Oman is silent; Oman is silent; Peru is silent; India agrees",
    )

    assert told(found.changes)[0] == "Answers from Oman (2 seats) and Peru settle it."


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India (south) agrees; Oman (south) agrees; Norway (north) agrees", "carried"),
        ("India (south) agrees; Oman (south) refuses; Norway (north) agrees", "not_carried"),
        ("India (south) agrees; Oman (south) is silent; Norway (north) agrees", None),
        ("India (south) agrees; Oman (south) agrees; Norway (north) is recused", None),
    ],
)
def test_each_constituency_needs_its_own_number(words: str, outcome: str | None):
    rule = a_vote(RuleKind.CONSTITUENCIES, Vote(each={"south": 2, "north": 1}))

    assert reading(rule, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India agrees; Oman agrees; Peru refuses", "carried"),
        ("India refuses; Oman agrees; Peru agrees", "not_carried"),
        ("India abstains; Oman agrees; Peru agrees", "carried"),
        ("Norway (donor) refuses; Oman agrees; Peru is silent", "not_carried"),
        ("India is recused; Oman agrees; Peru agrees", "carried"),
        ("India is silent; Oman agrees; Peru agrees", None),
    ],
)
def test_a_veto_stops_what_others_would_carry(words: str, outcome: str | None):
    rule = a_vote(RuleKind.VETO, Vote(number=2, vetoes=frozenset({"party:india", "donor"})))

    assert reading(rule, words).outcome == outcome


def test_a_veto_is_named_for_what_it_is():
    rule = a_vote(RuleKind.VETO, Vote(number=1, vetoes=frozenset({"donor"})))

    found = reading(rule, "Oman agrees; Norway (donor) refuses")

    assert found.explanation.endswith("The veto of Norway stops it.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Oman agrees; Norway (donor) is silent",
            "1 have to be for it, and Norway not against it.",
        ),
        ("Oman agrees; Peru is silent", "1 have to be for it, and nobody with a veto against it."),
    ],
)
def test_a_veto_that_nobody_used_says_whose_it_is(words: str, said: str):
    found = reading(a_vote(RuleKind.VETO, Vote(number=1, vetoes=frozenset({"donor"}))), words)

    assert found.explanation.endswith(f" {said}")
    assert told(found.changes)[1] == "If time runs out first, it is carried."


def test_a_vote_without_weight_or_without_a_category_says_what_has_to_change():
    rule = a_vote(RuleKind.CONSTITUENCIES, Vote(each={"south": 1, "north": 1}))

    found = reading(rule, "India (south) agrees; Norway (north) is recused")

    assert "No seat is left for north: this is an incident" in found.explanation
    assert told(found.changes) == ("Somebody with a say has to be asked before it can settle.",)


def test_a_vote_by_category_says_what_each_has_to_give():
    rule = a_vote(RuleKind.CONSTITUENCIES, Vote(each={"south": 2, "north": 1}))

    found = reading(rule, "India (south) agrees; Oman (south) is silent; Norway (north) agrees")

    assert found.explanation.endswith("2 from south and 1 from north have to be for it.")
