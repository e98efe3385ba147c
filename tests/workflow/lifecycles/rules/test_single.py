"""One seat decides: alone, or after others have been heard."""

import pytest

from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, reading, told
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.seat import Part

SCREENING = a_rule(
    RuleKind.SINGLE,
    a_verdict("opens", Stance.FOR, "open_consultation", label="Eligible"),
    a_verdict("returns", Stance.AGAINST, "return", label="Return for completion"),
    a_verdict("ponders", Stance.NEUTRAL, label="Still reading"),
)
SUSPENSION = a_rule(
    RuleKind.SINGLE_AFTER_CONSULTATION,
    a_verdict("carries", Stance.FOR, "carry_out", label="Decide as proposed"),
    a_verdict("keeps", Stance.AGAINST, "keep", label="Leave as it is"),
    a_verdict("agrees", Stance.FOR, label="Agree", part=Part.CONSULTED),
    a_verdict("disagrees", Stance.AGAINST, label="Disagree", part=Part.CONSULTED),
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Unit opens", "open_consultation"),
        ("Unit returns", "return"),
        ("Unit is silent", None),
        ("Unit is silent; time is up", None),
        ("Unit ponders", None),
        ("Unit is silent; Deputy returns", "return"),
        ("Unit ponders; Deputy returns", "return"),
        ("Unit opens; Deputy returns", "open_consultation"),
        ("Unit is recused; Deputy returns", "return"),
        ("Unit is recused", None),
        ("Donor (consulted) is silent; Unit opens", "open_consultation"),
    ],
)
def test_a_single_decider_settles_it(words: str, outcome: str | None) -> None:
    assert reading(SCREENING, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Director carries", "carry_out"),
        ("Director carries; Egypt (consulted) disagrees", "carry_out"),
        ("Director keeps; Egypt (consulted) agrees; Oman (consulted) agrees", "keep"),
        ("Director carries; Egypt (consulted) is silent", None),
        ("Director carries; Egypt (consulted) is silent; time is up", "carry_out"),
        ("Director carries; Egypt (consulted) is recused", "carry_out"),
        ("Director is silent; Egypt (consulted) agrees", None),
        ("Director is silent; Egypt (consulted) agrees; time is up", None),
        ("Director is recused; Egypt (consulted) agrees; time is up", None),
    ],
)
def test_a_decision_counts_once_those_consulted_are_heard(words: str, outcome: str | None) -> None:
    assert reading(SUSPENSION, words).outcome == outcome


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        ("Unit returns", "Unit says “Return for completion”.", ()),
        (
            "Unit is silent; Deputy is silent",
            "There is no decision from Unit or Deputy yet.",
            ("A decision from Unit or Deputy settles it.",),
        ),
        (
            "Unit ponders",
            "There is no decision from Unit yet; Unit says “Still reading”.",
            ("A decision from Unit settles it.",),
        ),
    ],
)
def test_a_single_decision_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(SCREENING, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)


@pytest.mark.parametrize(
    ("words", "explanation", "would_change"),
    [
        ("Director keeps", "Director says “Leave as it is”.", ()),
        (
            "Director keeps; Egypt (consulted) disagrees; Oman (consulted) is recused",
            (
                "Director says “Leave as it is”. "
                "1 of 1 consulted seat answered; Egypt says “Disagree”; Oman stepped back."
            ),
            (),
        ),
        (
            "Director carries; Egypt (consulted) agrees; Oman (consulted) is silent",
            (
                "Director says “Decide as proposed”. "
                "1 of 2 consulted seats answered; Egypt says “Agree”."
            ),
            (
                "An answer from Oman settles it.",
                "If time runs out first, the decision counts without them.",
            ),
        ),
        (
            "Director is silent; Egypt (consulted) is silent; Oman (consulted) is silent",
            "There is no decision from Director yet. 0 of 2 consulted seats answered.",
            ("A decision from Director counts once Egypt and Oman have answered or time is up.",),
        ),
        (
            "Director is silent; Egypt (consulted) is silent; time is up",
            "There is no decision from Director yet. 0 of 1 consulted seat answered.",
            ("A decision from Director settles it.",),
        ),
    ],
)
def test_a_decision_after_consultation_is_explained(
    words: str, explanation: str, would_change: tuple[str, ...]
) -> None:
    found = reading(SUSPENSION, words)

    assert (found.explanation, told(found.changes)) == (explanation, would_change)
