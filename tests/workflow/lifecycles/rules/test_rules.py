"""What holds whatever the rule: nobody left is an incident, and an answer can be tried first."""

from dataclasses import replace

import pytest

from tests.workflow.lifecycles.rules.previews import if_given
from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, spoken
from workflow.lifecycles import rules
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.rules import Answer
from workflow.phrase import phrase

AGREES = a_verdict("agrees", Stance.FOR, "agreed", label="Agree")
ENDORSEMENT = a_rule(RuleKind.ALL_OF, AGREES, a_verdict("declines", Stance.AGAINST, "declined"))
every_kind = pytest.mark.parametrize("kind", list(RuleKind))


@every_kind
@pytest.mark.parametrize("words", ["", "time is up", "Donor (consulted) agrees"])
def test_a_round_in_which_nobody_decides_is_an_incident(kind: RuleKind, words: str) -> None:
    found = reading(a_rule(kind, AGREES), words)

    assert found.outcome is None
    assert found.why == phrase(
        "Nobody is left to decide: this is an incident, and it approves nothing."
    )
    assert found.changes == (phrase("Somebody has to be asked to decide before it can settle."),)


@every_kind
def test_a_round_from_which_all_stepped_back_says_who_did(kind: RuleKind) -> None:
    found = reading(a_rule(kind, AGREES), "India is recused; Oman is recused; time is up")

    assert found.outcome is None
    assert found.explanation == (
        "Nobody is left to decide after India and Oman stepped back: "
        "this is an incident, and it approves nothing."
    )


@every_kind
def test_readings_that_say_the_same_are_the_same_however_often_it_is_worked_out(
    kind: RuleKind,
) -> None:
    found, again = (reading(a_rule(kind, AGREES), "") for _ in range(2))
    other = replace(found, would_change=lambda: (phrase("Nothing is decided."),))

    assert (found, hash(found)) == (again, hash(again))
    assert found != other
    assert found != found.outcome


def test_every_kind_of_rule_has_its_reader() -> None:
    assert set(rules.READERS) == set(RuleKind)


@pytest.mark.parametrize(("verdict", "outcome"), [("agrees", "complete"), ("declines", "declined")])
def test_each_button_shows_its_consequence(verdict: str, outcome: str) -> None:
    heard = spoken("India agrees; Oman is silent")

    preview = if_given(ENDORSEMENT, heard.places, heard.answers, Answer(2, 7, verdict))

    assert preview.outcome == outcome


def test_trying_an_answer_replaces_the_one_on_that_seat() -> None:
    heard = spoken("India agrees; Oman declines")

    preview = if_given(ENDORSEMENT, heard.places, heard.answers, Answer(2, 7, "agrees"))

    assert preview.outcome == "complete"


def test_trying_an_answer_leaves_the_standing_ones_alone() -> None:
    heard = spoken("India agrees; Oman is silent")

    if_given(ENDORSEMENT, heard.places, heard.answers, Answer(2, 7, "agrees"))

    assert set(heard.answers) == {1}


def test_a_reading_is_like_another_that_says_the_same_and_like_nothing_else() -> None:
    one, other = (reading(ENDORSEMENT, "India agrees; Oman is silent") for _ in range(2))

    assert (one == other, hash(one) == hash(other)) == (True, True)
    assert (one == "India agrees", one != "India agrees") == (False, True)
    assert one != reading(ENDORSEMENT, "India agrees; Oman agrees")
