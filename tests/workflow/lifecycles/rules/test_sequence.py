"""Seats asked one category after the other."""

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, spoken, told
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.rules import comes_after

CHAIN = a_rule(
    RuleKind.SEQUENTIAL,
    a_verdict("signs", Stance.FOR, label="Sign"),
    a_verdict("stops", Stance.AGAINST, "stopped", label="Stop"),
    a_verdict("waits", Stance.NEUTRAL, label="Wait"),
    categories=("officer", "head"),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Amina (officer) signs; Bakari (head) signs", "complete"),
        ("Amina (officer) signs; Bakari (head) is silent", None),
        ("Amina (officer) signs; Bakari (head) stops", "stopped"),
        ("Amina (officer) is silent; Bakari (head) signs", None),
        ("Amina (officer) is silent; Bakari (head) stops", None),
        ("Amina (officer) waits; Bakari (head) stops", None),
        ("Amina (officer) is recused; Bakari (head) signs", "complete"),
        ("Amina (officer) signs; Bakari (head) is silent; time is up", None),
    ],
)
def test_a_sequence_is_complete_in_its_order(words: str, outcome: str | None):
    assert reading(CHAIN, words).outcome == outcome


def test_a_sequence_says_whose_turn_it_is():
    found = reading(CHAIN, "Amina (officer) is silent; Bakari (head) is silent")

    assert found.explanation == "0 of 2 seats answered. It is the turn of officer."
    assert told(found.changes) == ("If Amina says “Sign”, the next are asked.",)


@pytest.mark.parametrize(
    ("words", "change"),
    [
        (
            "Amina (officer) signs; Bakari (head) is silent",
            "If Bakari says “Sign”, it is complete.",
        ),
        (
            "Amina (officer) is silent; Bakari (head) signs",
            "If Amina says “Sign”, it is complete.",
        ),
        (
            "Amina (officer) signs; Bakari (head) is silent; Chidi (minister) is silent",
            "If Bakari says “Sign”, the next are asked.",
        ),
    ],
)
def test_the_last_whose_turn_it_is_completes_the_sequence(words: str, change: str):
    assert told(reading(CHAIN, words).changes) == (change,)


@pytest.mark.parametrize(
    ("words", "seat", "waits_for"),
    [
        ("Bakari (head) is silent; Amina (officer) is silent", 1, ["Amina"]),
        ("Bakari (head) is silent; Amina (officer) waits", 1, ["Amina"]),
        ("Bakari (head) is silent; Amina (officer) signs", 1, []),
        ("Bakari (head) is silent; Amina (officer) is recused", 1, []),
        ("Bakari (head) is silent; Amina (officer) is silent", 2, []),
        ("Bakari (head) is silent; Amina (officer) is silent", 9, []),
    ],
)
def test_a_later_seat_waits_for_the_earlier_ones(words: str, seat: int, waits_for: list[str]):
    heard = spoken(words)

    found = comes_after(CHAIN, heard.places, heard.answers, seat)

    assert [place.name for place in found] == waits_for
