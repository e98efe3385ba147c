"""The difference between two definitions, in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.sizes import some_of_each
from tests.workflow.lifecycles.difference.every_edit import Edit, every_edit
from tests.workflow.lifecycles.with_children import with_children
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.change import DefinitionChange, Topic
from workflow.lifecycles.difference.compare import differences
from workflow.lifecycles.loader.files import from_body, from_tables, load_file
from workflow.lifecycles.terms import Within

FILES = sorted(Path("config/lifecycles").glob("*.toml"))
PARENT = {**with_children(), "key": "parent"}
STANDARD = load_file(Path("config/lifecycles/programme-standard.toml"))


def _edits() -> Iterator[Edit]:
    for definition in _DEFINITIONS:
        yield from every_edit(definition)


def _kind(edit: Edit) -> tuple[type[Any], str]:
    return edit.kind, edit.field


def _of_round(key: str, **values: Any) -> Definition:
    spec = replace(STANDARD.rounds[key], **values)
    return replace(STANDARD, rounds={**STANDARD.rounds, key: spec})


def _said(changes: tuple[DefinitionChange, ...]) -> list[str]:
    return [str(each.says) for each in changes]


@pytest.mark.parametrize("file", FILES, ids=[each.stem for each in FILES])
def test_nothing_differs_from_itself(file: Path) -> None:
    definition = load_file(file)

    assert differences(definition, from_body(definition.body)) == ()


def test_each_field_of_the_format_is_told_by_a_sentence_of_its_own() -> None:
    untold = []
    for edit in some_of_each(_edits(), _kind, few=3):
        before = next(each for each in _DEFINITIONS if edit.place.startswith(f"{each.key}."))
        found = differences(before, edit.edited)
        fine = found and all(
            each.known and each.says.parts.get("before", 0) != each.says.parts.get("now", 1)
            for each in found
        )
        if not fine:
            untold.append((edit.place, _said(found)))

    assert untold == []


_DEFINITIONS = [*map(load_file, FILES), from_tables(PARENT, "parent.toml")]


def test_two_lifecycles_are_told_apart_in_every_group() -> None:
    before, now = load_file(Path("config/lifecycles/emergency.toml")), STANDARD

    found = differences(before, now)

    assert {each.about for each in found} == {
        Topic.LIFECYCLE, Topic.STATE, Topic.ROUND, Topic.ROLE, Topic.DOCUMENT, Topic.CHILD,
    }  # fmt: skip
    assert all(each.known and str(each.says) for each in found)


def test_a_consensus_that_lets_one_object() -> None:
    key, spec = next(
        (key, spec) for key, spec in STANDARD.rounds.items() if spec.rule.kind == "consensus"
    )
    rule = replace(spec.rule, objections_allowed=1)

    (change,) = differences(STANDARD, _of_round(key, rule=rule))

    assert (change.group, change.about, change.key) == (Topic.RULE, Topic.ROUND, key)
    assert str(change.says) == (
        f"The consensus of “{spec.label}” now stands with 1 objecting; it stood with 0."
    )


def test_a_longer_time_to_answer() -> None:
    key, spec = next((key, spec) for key, spec in STANDARD.rounds.items() if spec.within)
    assert spec.within is not None
    now = _of_round(key, within=Within(spec.within.amount + 5, "working days"))

    (change,) = differences(STANDARD, now)

    assert change.group is Topic.ROUND
    assert f"“{spec.label}” may now be answered for {spec.within.amount + 5} working days" in str(
        change.says
    )


def test_a_time_to_answer_where_there_was_none_and_none_where_there_was_one() -> None:
    key, spec = next((key, spec) for key, spec in STANDARD.rounds.items() if spec.within)
    endless = _of_round(key, within=None)
    days = f"{spec.within.amount} {spec.within.unit}" if spec.within else ""

    (gone,), (come,) = differences(STANDARD, endless), differences(endless, STANDARD)

    assert str(gone.says).startswith(
        f"The round “{spec.label}” may now be answered without an end; it was for {days}"
    )
    assert str(come.says).startswith(f"The round “{spec.label}” may now be answered for {days}")
    assert str(come.says).endswith("; it had no such end before.")


def test_no_sentence_of_a_round_speaks_of_nothing() -> None:
    """Whatever a round says, on a first version and taken away again."""
    bare = {"within": None, "window": None, "session": None, "extension": None, "facts": None}
    empty = ["after_round", "at_due", "appoints", "remind", "escalate", "opened_by", "declares",
             "assigned_by", "escalated_by", "stops", "waits_for", "checklist", "text"]  # fmt: skip
    for definition in _DEFINITIONS:
        for key, spec in definition.rounds.items():
            less = {**bare, **{name: type(getattr(spec, name))() for name in empty}}
            other = replace(spec, **less)
            now = replace(definition, rounds={**definition.rounds, key: other})
            said = [*_said(differences(definition, now)), *_said(differences(now, definition))]
            assert not [each for each in said if "nothing" in each and "nothing happe" not in each]


def test_a_state_that_is_gone_and_one_that_is_only_called_otherwise() -> None:
    first, second, *_ = STANDARD.states
    states = {key: each for key, each in STANDARD.states.items() if key != first}
    states[second] = replace(states[second], label="Otherwise")

    found = differences(STANDARD, replace(STANDARD, states=states))

    assert [each.group for each in found] == [Topic.STATE, Topic.WORDS]
    assert _said(found)[0] == f"The state “{STANDARD.states[first].label}” is gone."


def test_another_order_alone_is_named() -> None:
    now = replace(STANDARD, digest="0" * 64)

    (change,) = differences(STANDARD, now)

    assert "order" in str(change.says)


def test_a_seat_that_is_asked_no_longer_and_one_that_is_new() -> None:
    key, spec = next((k, s) for k, s in STANDARD.rounds.items() if len(s.rule.seats) > 1)
    first, *others = spec.rule.seats
    asked = replace(first, role=others[0].role, of="office:elsewhere")
    rule = replace(spec.rule, seats=(asked, *others))

    found = differences(STANDARD, _of_round(key, rule=rule))

    assert [each.group for each in found] == [Topic.RULE, Topic.RULE]
    assert "no longer asks" in _said(found)[0]
    assert "now asks" in _said(found)[1]
