"""The rows of bodies, their seats and sessions, called as the register calls them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Label,
    String,
    cast,
    func,
    literal,
    select,
)

from workflow.audit.verification.labels import body_name, body_seat_name, convened_name
from workflow.audit.verification.tables import BODIES, BODY_SEATS, BODY_SESSIONS, PARTIES

_BODY = select(BODIES)
_SEAT = (
    select(BODY_SEATS, BODIES.c.key.label("body"), PARTIES.c.key.label("party"))
    .outerjoin(BODIES, BODIES.c.id == BODY_SEATS.c.body_id)
    .outerjoin(PARTIES, PARTIES.c.id == BODY_SEATS.c.party_id)
)
_SESSION = select(BODY_SESSIONS, BODIES.c.key.label("body")).outerjoin(
    BODIES, BODIES.c.id == BODY_SESSIONS.c.body_id
)


def body_named(number: ColumnElement[int], of: FromClause = BODIES) -> Label[str]:
    """What the body of this number is called; of one that there is not, that it is that number.

    The statement joins the bodies. A row that is of no body names none.
    """
    return func.coalesce(of.c.key, literal("number ") + cast(number, String)).label("body")


def bodies(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body, seat and session."""
    for row in connection.execute(_BODY).mappings():
        yield body_name(row["key"]), dict(row)
    for row in connection.execute(_SEAT).mappings():
        yield body_seat_name(row["id"]), _dated(dict(row))
    for row in connection.execute(_SESSION).mappings():
        yield convened_name(row["id"]), _dated(dict(row))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: row[name] and row[name].isoformat() for name in ("starts_on", "ends_on")}
    return row | days
