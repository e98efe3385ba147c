"""What a lifecycle is asked of itself; `test_standard_definition.py` holds the one that is shipped."""

from pathlib import Path

import pytest

from tests.workflow.engine.lifecycles import STANDARD, edited, put, written
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.rule import RuleKind
from workflow.vocabulary import PROPOSER


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


def test_those_who_propose_are_the_proposers_whom_the_first_state_asks(
    standard: Definition,
) -> None:
    asked = {
        seat.role
        for spec in standard.rounds.values()
        if "draft" in spec.states
        for seat in spec.rule.seats
        if seat.of == PROPOSER
    }

    assert standard.initial == "draft"
    assert set(standard.proposing()) == asked
    assert len(standard.proposing()) == len(asked)


def test_a_round_of_several_states_belongs_to_each_of_them(standard: Definition) -> None:
    shared = next(spec for spec in standard.rounds.values() if len(spec.states) > 1)

    assert all(shared in standard.rounds_in(state) for state in shared.states)
    assert shared not in standard.rounds_in("closed")


def test_an_initiative_that_asks_one_role_alone_is_opened_and_answered_in_one_act(
    standard: Definition,
) -> None:
    alone = {key for key, spec in standard.rounds.items() if spec.one_act}

    assert "withdrawal" in alone
    assert {standard.rounds[key].rule.kind for key in alone} == {RuleKind.SINGLE}
    assert "screening" not in alone


def test_one_word_changed_makes_another_digest(tmp_path: Path) -> None:
    again = load_file(written(tmp_path, edited(put("title", "Another life"))))

    assert again.digest != load_file(STANDARD).digest
