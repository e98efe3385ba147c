"""Parties: what each is and may do, as the table says and as the register tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import PartyDescribed
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import UNTOLD, party_name
from workflow.audit.verification.tables import PARTIES
from workflow.reference import reference

COUNTRY = "country"


def parties(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every party; one that came with a person, or with an import of old, is told by nothing, but for a country."""
    for row in connection.execute(select(PARTIES)).mappings():
        kind = row["sort"] or row["kind"]
        yield party_name(row["key"]), {**row, "kind": kind, UNTOLD: _untold(row["key"])}


def _untold(key: str) -> dict[str, Any]:
    """A country of the reference list stays one, and neither executes nor gives."""
    if key.upper() not in reference().countries:
        return {}
    return {"kind": COUNTRY, "executes": False, "gives": False}


def _described(story: ExpectedRows, told: ToldEvent, what: PartyDescribed) -> None:
    story.things[party_name(what.party)] = {
        "kind": what.kind,
        "name": what.name,
        "executes": what.executes,
        "gives": what.gives,
        "languages": what.languages,
        **private_columns(told, contact=what.contact),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    PartyDescribed: _described,
}
