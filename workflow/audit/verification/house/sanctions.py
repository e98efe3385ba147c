"""Sanctions lists, compared with what the register says of each that was entered."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import SanctionsListed
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import sanctions_name
from workflow.audit.verification.tables import SANCTIONS_ENTRIES, SANCTIONS_LISTS

_ENTRIES = select(SANCTIONS_ENTRIES)


def sanctions(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every list, with what its entries hash to by now."""
    lines: dict[int, list[tuple[str, ...]]] = {}
    for row in connection.execute(_ENTRIES):
        also = filter(None, row.also.split(";"))
        lines.setdefault(row.list_id, []).append((row.number, row.name, *also))
    for listed in connection.execute(select(SANCTIONS_LISTS)).mappings():
        held = sorted(lines.pop(listed["id"], []), key=lambda each: (each[0], each[1], each[2:]))
        whole = "".join("\t".join(each) + "\n" for each in held)
        found = hashlib.sha256(whole.encode()).hexdigest()
        told = {"person": opaque(listed["person_id"]), "entries": len(held), "held": found}
        yield sanctions_name(listed["id"]), {**dict(listed), **told}
    for number in lines:
        yield sanctions_name(number), {}


def _listed(story: ExpectedRows, told: ToldEvent, what: SanctionsListed) -> None:
    story.things[sanctions_name(what.number)] = {
        "title": what.title,
        "dated": what.dated,
        "digest": what.digest,
        "held": what.digest,
        "entries": what.entries,
        "entered_at": told.at,
        "person": opaque(told.person),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    SanctionsListed: _listed,
}
