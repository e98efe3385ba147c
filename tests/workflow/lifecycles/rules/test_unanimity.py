"""Every seat has to be for it: all of them, or all of them in different hands."""

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.rule import RuleKind, Stance

ENDORSEMENT = a_rule(
    RuleKind.ALL_OF,
    a_verdict("endorses", Stance.FOR, label="Endorse"),
    a_verdict("declines", Stance.AGAINST, "declined", label="Ask for changes"),
    a_verdict("grumbles", Stance.AGAINST, label="Grumble"),
    a_verdict("waits", Stance.NEUTRAL, label="Cannot sign yet"),
)
CERTIFICATE = a_rule(
    RuleKind.DUAL,
    a_verdict("certifies", Stance.FOR, label="Certify"),
    a_verdict("holds", Stance.NEUTRAL, label="Not yet"),
    a_verdict("refuses", Stance.AGAINST, "refused", label="Refuse"),
)
SIGNING = a_rule(
    RuleKind.DUAL,
    a_verdict("certifies", Stance.FOR, label="Certify"),
    a_verdict("holds", Stance.NEUTRAL, label="Not yet"),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India endorses; Egypt endorses", "complete"),
        ("India endorses", "complete"),
        ("India endorses; Egypt is silent", None),
        ("India endorses; Egypt is silent; time is up", None),
        ("India endorses; Egypt waits", None),
        ("India endorses; Egypt grumbles", None),
        ("India is silent; Egypt declines", "declined"),
        ("India endorses; Egypt declines; Oman endorses", "declined"),
        ("India endorses; Egypt is recused", "complete"),
        ("India is recused; Egypt is recused", None),
        ("India endorses; Donor (consulted) is silent", "complete"),
    ],
)
def test_all_of_them_complete_it_and_one_stops_it(words: str, outcome: str | None) -> None:
    assert reading(ENDORSEMENT, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Amina for Finance certifies; Bakari for Unit certifies", "complete"),
        ("Amina for Finance certifies; Amina for Unit certifies", None),
        ("Amina for Finance certifies; Amina for Unit certifies; time is up", None),
        ("Amina for Finance certifies; Bakari for Unit certifies; Amina for Head certifies", None),
        ("Amina for Finance certifies; Unit is silent", None),
        ("Amina for Finance certifies; Bakari for Unit holds", None),
        ("Amina for Finance certifies", None),
        ("Amina for Finance certifies; Unit is recused", None),
        ("Amina for Finance certifies; Bakari for Unit refuses", "refused"),
        ("Amina for Finance certifies; Amina for Unit refuses", "refused"),
        ("Finance is recused; Unit is recused", None),
    ],
)
def test_two_signatures_need_two_people(words: str, outcome: str | None) -> None:
    assert reading(CERTIFICATE, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "India endorses; Egypt endorses",
            "2 of 2 seats answered; India and Egypt say “Endorse”.",
            (),
        ),
        (
            "India endorses; Egypt declines; Oman is silent",
            (
                "2 of 3 seats answered; India says “Endorse”; Egypt says “Ask for changes”. "
                "The answer of Egypt settles it."
            ),
            (),
        ),
        (
            "India endorses; Egypt waits; Oman is silent; Peru is recused",
            (
                "2 of 3 seats answered; India says “Endorse”; Egypt says “Cannot sign yet”; "
                "Peru stepped back."
            ),
            (
                "If Egypt and Oman say “Endorse”, it is complete.",
                "“Ask for changes” from any seat settles it at once.",
            ),
        ),
    ],
)
def test_how_far_they_are_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(ENDORSEMENT, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "Amina for Unit certifies; Bakari for Unit certifies",
            "2 of 2 seats answered; Unit (2 seats) say “Certify”.",
            (),
        ),
        (
            "Amina for Finance certifies; Unit is silent",
            "1 of 2 seats answered; Finance says “Certify”.",
            (
                "If Unit says “Certify”, it is complete.",
                "Every seat has to be answered by a different person.",
            ),
        ),
        (
            "Amina for Finance certifies; Amina for Unit certifies; Head is silent",
            (
                "2 of 3 seats answered; Finance and Unit say “Certify”. "
                "The same person answered for Finance and Unit."
            ),
            ("It cannot be complete until different people have answered for Finance and Unit.",),
        ),
        (
            "Amina for Finance certifies; Unit is recused",
            (
                "1 of 1 seat answered; Finance says “Certify”; Unit stepped back. One seat is left "
                "where two people have to answer: this is an incident, and nothing is complete."
            ),
            ("A second seat, answered by another person, is needed before it can be complete.",),
        ),
    ],
)
def test_who_is_missing_beside_the_first_signature_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(SIGNING, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)
