"""A published lifecycle as a file that can be published elsewhere: TOML that reads to the same bytes."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import ORDERED, ORDERED_BELOW, tables_of

Items = Sequence[tuple[str, Any]]
BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_of(definition: Definition) -> str:
    """The file of a definition; what the original said in comments is not kept with what is published."""
    return "\n".join(_table((), tables_of(definition.body))).lstrip("\n") + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table: its own values first, unless its order is read; then the tables inside it."""
    items = list(table.items())
    if _in_order(path):
        last = max((at for at, (_, value) in enumerate(items) if not _stands(value)), default=-1)
        own, inside = items[: last + 1], items[last + 1 :]
    else:
        own = [each for each in items if not _stands(each[1])]
        inside = [each for each in items if _stands(each[1])]
    if path and (own or not inside):
        yield ""
        yield f"[{_dotted(path)}]"
    yield from _inside(path, own, inside)


def _inside(path: tuple[str, ...], own: Items, inside: Items) -> Iterator[str]:
    for key, value in own:
        yield f"{_key(key)} = {_value(value)}"
    for key, value in inside:
        if isinstance(value, Mapping):
            yield from _table((*path, key), value)
            continue
        for each in value:
            yield ""
            yield f"[[{_dotted((*path, key))}]]"
            yield from _inside((*path, key), list(each.items()), [])


def _in_order(path: tuple[str, ...]) -> bool:
    """Whether the order of what stands in a table is a part of what its digest names."""
    if len(path) == 1:
        return path[0] in ORDERED
    return len(path) == 3 and ORDERED_BELOW.get(path[0]) == path[2]


def _stands(value: Any) -> bool:
    """Whether a value has lines of its own: a table, or a list of tables."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, Mapping) for each in value)
    return isinstance(value, Mapping)


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(map(_key, path))


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    match value:
        case str():
            return _text(value)
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            pairs = (f"{_key(key)} = {_value(each)}" for key, each in value.items())
            return f"{{{', '.join(pairs)}}}"
    return str(value)


def _text(text: str) -> str:
    """A basic string: what TOML escapes is what JSON escapes, and DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
