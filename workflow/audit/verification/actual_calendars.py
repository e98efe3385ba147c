"""The rows of working calendars and of the words of letters, called as the register calls them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.verification.labels import calendar_name, wording_name
from workflow.audit.verification.tables import LETTER_TEMPLATES, PARTIES, PARTY_CALENDARS

_CALENDAR = select(PARTY_CALENDARS, PARTIES.c.key.label("party")).outerjoin(
    PARTIES, PARTIES.c.id == PARTY_CALENDARS.c.party_id
)


def calendars(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every working calendar."""
    for row in connection.execute(_CALENDAR).mappings():
        days = {name: row[name] and row[name].isoformat() for name in ("since", "through")}
        yield calendar_name(row["id"]), {**row, **days}


def wordings(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every version of the words of letters."""
    kept = select(LETTER_TEMPLATES)
    for row in connection.execute(kept).mappings():
        yield wording_name(row["kind"], row["language"], row["version"]), dict(row)
