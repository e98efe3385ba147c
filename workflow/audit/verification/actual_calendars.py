"""The rows of working calendars and of the words of letters, called as the register calls them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select

from workflow.audit.verification.labels import calendar_name, wording_name
from workflow.audit.verification.tables import CASES, LETTER_TEMPLATES, PARTIES, PARTY_CALENDARS
from workflow.vocabulary import REGISTER

_IS_REGISTER = (
    select(CASES.c.ref).where(CASES.c.id == bindparam("case_id")).scalar_subquery() == REGISTER
)
_CALENDAR = (
    select(PARTY_CALENDARS, PARTIES.c.key.label("party"))
    .outerjoin(PARTIES, PARTIES.c.id == PARTY_CALENDARS.c.party_id)
    .where(_IS_REGISTER)
)


def calendars(connection: Connection, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every working calendar, on the register; on another case there are none."""
    for row in connection.execute(_CALENDAR, {"case_id": case_id}).mappings():
        days = {name: row[name] and row[name].isoformat() for name in ("since", "through")}
        yield calendar_name(row["id"]), {**row, **days}


def wordings(connection: Connection, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every version of the words of letters, on the register; on another case there are none."""
    kept = select(LETTER_TEMPLATES).where(_IS_REGISTER)
    for row in connection.execute(kept, {"case_id": case_id}).mappings():
        yield wording_name(row["kind"], row["language"], row["version"]), dict(row)
