"""Where a lifecycle says something to people: each text of its tables under the name of its place."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

# What people read of a lifecycle; everything else in its tables is a name or a figure.
READ = frozenset({
    "label", "title", "what", "meaning", "consequence", "asks", "if_silent", "words", "hint",
    "content", "problem",
})  # fmt: skip
# Tables in which every text is read, and those whose texts are names of states.
ALL_READ, NAMES = "sources", "outcomes"
OPTIONS = "options"
Say = Callable[[str, str], str]


def texts_of(tables: Mapping[str, Any]) -> dict[str, str]:
    """Every text of a lifecycle by its place, `states.draft.label`, in the order of its tables."""
    found: dict[str, str] = {}

    def note(place: str, text: str) -> str:
        found[place] = text
        return text

    with_texts(tables, note)
    return found


def with_texts(tables: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """The tables of a lifecycle with each text as `say` has it, which is given its place and itself."""
    return {key: _entry("", key, value, say) for key, value in tables.items()}


def _entry(path: str, key: str, value: Any, say: Say) -> Any:
    """What stands under a key of a table."""
    place = f"{path}.{key}" if path else key
    match value:
        case str() if key in READ or path == ALL_READ:
            return say(place, value) if value else value
        case list() if key == OPTIONS:
            return [_option(place, each, say) for each in value]
        case Mapping() | list():
            return _below(place, key, value, say)
    return value


def _below(place: str, key: str, value: Any, say: Say) -> Any:
    if isinstance(value, list):
        return [_below(f"{place}.{name}", "", each, say) for name, each in _named(value)]
    if not isinstance(value, Mapping):
        return value
    inside = partial(_entry, place, say=say)
    return {
        name: each if key == NAMES and isinstance(each, str) else inside(name, each)
        for name, each in value.items()
    }


def _named(entries: list[Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a list by their own keys, or by their numbers where they have none."""
    for at, each in enumerate(entries):
        own = each.get("key") if isinstance(each, Mapping) else None
        yield (own if isinstance(own, str) and own else str(at)), each


def _option(place: str, pair: Any, say: Say) -> Any:
    """A choice of a field: a value, and the label that people read."""
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair):
        value, label = pair
        return [value, say(f"{place}.{value}", label)]
    return pair
