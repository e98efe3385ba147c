"""The bytes of a lifecycle: what its digest names, and what is kept when it is published."""

from collections.abc import Mapping
from typing import Any

from workflow.audit import canonical

# Tables whose order is the order in which people read them.
ORDERED = ("sources", "roles", "states", "documents", "rules", "rounds")
ORDERED_BELOW = {"rules": "verdicts", "rounds": "outcomes"}


def body_of(raw: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a parsed file.

    Canonical JSON sorts the names in a table, so tables whose order matters become lists of
    (name, value): the order of the file is part of what the digest names.
    """
    lists = {name: _pairs(raw[name], ORDERED_BELOW.get(name)) for name in ORDERED}
    return canonical.write({**raw, **lists})


def tables_of(body: bytes) -> dict[str, Any]:
    """The parsed file whose canonical bytes are `body`."""
    raw = canonical.parse(body)
    tables = {name: dict(raw[name]) for name in ORDERED}
    for name, below in ORDERED_BELOW.items():
        tables[name] = {
            key: {**value, below: dict(value[below])} for key, value in tables[name].items()
        }
    return {**raw, **tables}


def _pairs(table: Mapping[str, Any], below: str | None) -> list[list[Any]]:
    if below is None:
        return [[key, value] for key, value in table.items()]
    return [[key, {**value, below: _pairs(value[below], None)}] for key, value in table.items()]
