"""Beside each key of a table stands what it is called; what is not known any more stays a key alone."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.exports.called import KEYED, in_words
from workflow.exports.traces import Trace
from workflow.lifecycles.loader.files import load_file

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTHING: Mapping[str, str] = dict.fromkeys(KEYED, "")


def trace(*, known: bool = True) -> Trace:
    """A case of the standard lifecycle, or of one that nobody knows any more."""
    on = load_file(STANDARD) if known else None
    return Trace("S-1", "programme", "", "programme-standard", "", (), on, {"ind": "India"})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"type": "signoff.given"}, {"type": "Answer given"}),
        ({"role": "unit_head", "party": "ind"}, {"role": "Director", "party": "India"}),
        ({"party": "nobody"}, {"party": ""}),
        (
            {"round": "consultation", "verdict": "lead", "outcome": "passed"},
            {
                "round": "Consultation of pivotal countries",
                "verdict": "Offers to lead",
                "outcome": "Passed",
            },
        ),
        ({"state_before": "draft", "state_after": "gone"}, {"state_before": "Draft"}),
        ({"document": "project_document"}, {"document": "Project document"}),
    ],
)
def test_a_key_has_its_words_beside_it(said: dict[str, str], words: dict[str, str]) -> None:
    found = in_words(trace(), {**NOTHING, "type": "state.entered", **said})

    assert {key: found.get(f"{key}_in_words") for key in words} == words


def test_without_its_lifecycle_a_row_says_what_is_known_without_it() -> None:
    row = {**NOTHING, "type": "round.opened", "round": "vote", "party": "ind"}

    found = in_words(trace(known=False), row)

    assert found == {"type_in_words": "Round opened", "party_in_words": "India"}
