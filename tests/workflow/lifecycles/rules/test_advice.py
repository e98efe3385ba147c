"""A body advises: every category is heard, and dissent does not block."""

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.rule import RuleKind, Stance

APPRAISAL = a_rule(
    RuleKind.QUORUM_BY_CATEGORY,
    a_verdict("recommends", Stance.FOR, label="Advise to approve"),
    a_verdict("dissents", Stance.AGAINST, label="Advise to improve first"),
    categories=("government", "agency"),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("India (government) recommends; Works (agency) recommends", "advised"),
        ("India (government) dissents; Works (agency) dissents", "advised"),
        ("India (government) recommends; Works (agency) is silent", None),
        ("India (government) recommends; Works (agency) is silent; time is up", None),
        (
            "India (government) recommends; Oman (government) is silent; Works (agency) recommends",
            None,
        ),
        (
            (
                "India (government) recommends; Oman (government) is silent; "
                "Works (agency) recommends; time is up"
            ),
            "advised",
        ),
        (
            (
                "India (government) recommends; Works (agency) recommends; "
                "Norway (donor) is silent; time is up"
            ),
            "advised",
        ),
        ("India (government) recommends; Norway (donor) recommends", None),
        ("India (government) recommends; Works (agency) is recused", None),
        ("India (government) recommends; Works (agency) is recused; time is up", None),
        ("India (government) is recused; Works (agency) is recused; time is up", None),
    ],
)
def test_advice_is_given_once_every_category_is_heard(words: str, outcome: str | None) -> None:
    assert reading(APPRAISAL, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        (
            "India (government) recommends; Works (agency) dissents",
            (
                "2 of 2 seats answered; India says “Advise to approve”; "
                "Works says “Advise to improve first”. Works dissents, which does not block."
            ),
            (),
        ),
        (
            "India (government) is silent; Oman (government) is silent; Works (agency) recommends",
            "1 of 3 seats answered; Works says “Advise to approve”.",
            (
                "Answers from India and Oman settle it.",
                "Once time is up, hearing government is enough.",
            ),
        ),
        (
            "India (government) recommends; Oman (government) is silent; Works (agency) recommends",
            "2 of 3 seats answered; India and Works say “Advise to approve”.",
            (
                "An answer from Oman settles it.",
                "If time runs out first, it settles with the advice given.",
            ),
        ),
        (
            "India (government) recommends; Works (agency) is recused",
            (
                "1 of 1 seat answered; India says “Advise to approve”; Works stepped back. "
                "No seat is left for agency: this is an incident, and the advice is incomplete."
            ),
            ("Somebody has to be asked for agency before it can settle.",),
        ),
    ],
)
def test_the_advice_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(APPRAISAL, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)
