"""Reading where the outcomes of a round lead, and on which conditions somewhere else."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workflow.lifecycles.definition import Branch, Target
from workflow.lifecycles.loader import footing
from workflow.lifecycles.loader.names import KnownNames, spoken
from workflow.lifecycles.loader.relations.conditions import read_conditions
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

NOWHERE = Target(None)


def read_outcomes(entry: TomlTable, names: KnownNames) -> Mapping[str, Target]:
    """Where each outcome leads: to a state, to rounds, or to the first of a list whose conditions hold."""
    table = entry.table("outcomes")
    return MappingProxyType({key: _target(table, key, names) for key in table})


def _target(table: TomlTable, key: str, names: KnownNames) -> Target:
    value: Any = table.value(key)
    if isinstance(value, str):
        return Target(table.one_of(key, names.states, phrase("state")) or None)
    if isinstance(value, list):
        return _branching(table, key, names)
    if not isinstance(value, dict):
        table.note(
            key,
            phrase(
                "is %(value)s; a state or { opens = [rounds] } is expected", value=spoken(value)
            ),
        )
        return NOWHERE
    return _opening(table.table(key), names)


def _opening(below: TomlTable, names: KnownNames) -> Target:
    """A table: rounds to open or to ask anew, another footing, or child cases beside these or a state."""
    becomes = footing.read_footing(below, "becomes")
    reopens = below.one_of("reopens", names.rounds, phrase("round"), optional=True)
    state = below.one_of("state", names.states, phrase("state"), optional=True)
    children = _children(below, names)
    if not any(map(below.has, ("opens", "reopens", "children"))) and not becomes:
        below.note("opens", phrase("is missing; a list of rounds is expected"))
    if below.has("opens") and below.has("reopens"):
        below.note("reopens", phrase("or 'opens' is expected here, and not both"))
    for word in ("opens", "reopens", "becomes"):
        if below.has("state") and below.has(word):
            below.note(word, phrase("or 'state' is expected here, and not both"))
    opens = below.many_of("opens", names.rounds, phrase("round"), optional=True)
    below.done()
    return Target(state or None, opens, becomes, reopens=reopens, children=children)


def _children(below: TomlTable, names: KnownNames) -> tuple[str, ...]:
    return below.many_of("children", names.children, phrase("kind of child case"), optional=True)


def _branching(table: TomlTable, key: str, names: KnownNames) -> Target:
    """A list: each entry but the last says when it is taken, and the last where nothing else is."""
    entries = table.tables(key)
    if len(entries) < 2:
        table.note(key, phrase("lists one way only; name it without a list"))
    for below in entries[:-1]:
        if not below.has("when"):
            below.note("when", phrase("is missing, so nothing that comes after it is ever taken"))
    for below in entries[-1:]:
        if below.has("when"):
            below.note(
                "when", phrase("belongs to the ways before the last, which is taken otherwise")
            )
    branches = [Branch(read_conditions(each), _one_way(each, names)) for each in entries]
    last = branches[-1].to if branches else NOWHERE
    return replace(last, branches=tuple(branches[:-1]))


def _one_way(below: TomlTable, names: KnownNames) -> Target:
    state = below.one_of("state", names.states, phrase("state"), optional=True)
    opens = below.many_of("opens", names.rounds, phrase("round"), optional=True)
    children = _children(below, names)
    both = below.has("state") and below.has("opens")
    if both or not any(map(below.has, ("state", "opens", "children"))):
        below.note("state", phrase("or 'opens' is expected here, and not both"))
    below.done()
    return Target(state or None, opens, children=children)
