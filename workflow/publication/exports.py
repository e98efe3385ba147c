"""A published lifecycle as a file that can be published elsewhere: TOML that reads to the same bytes."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import tables_of

BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_of(definition: Definition) -> str:
    """The file of a definition; what the original said in comments is not kept with what is published."""
    return "\n".join(_table((), tables_of(definition.body))).lstrip("\n") + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table in its order, which its digest names: the tables at its end stand for themselves."""
    last = max((at for at, value in enumerate(table.values()) if not _is_table(value)), default=-1)
    own, inside = list(table.items())[: last + 1], list(table.items())[last + 1 :]
    if path and (own or not inside):
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
    for key, value in own:
        yield f"{_key(key)} = {_value(value)}"
    for key, value in inside:
        yield from _table((*path, key), value)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


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
