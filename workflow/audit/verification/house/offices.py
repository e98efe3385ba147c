"""Offices: who holds which, under which mandates, and what pivotal countries said, as the tables have it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, TableClause, select

from workflow.audit.events.payload import opaque
from workflow.audit.verification.actual_bodies import body_named
from workflow.audit.verification.labels import (
    appointment_name,
    interest_name,
    mandate_name,
    person_name,
    pivotal_name,
)
from workflow.audit.verification.tables import (
    APPOINTMENTS,
    BODIES,
    INTERESTS,
    MANDATES,
    PARTIES,
    PEOPLE,
    PIVOTAL,
)

_Named = Iterator[tuple[str, dict[str, Any]]]
_APPOINTMENT = (
    select(APPOINTMENTS, PARTIES.c.key.label("party"), body_named(APPOINTMENTS.c.body_id))
    .join(PARTIES, PARTIES.c.id == APPOINTMENTS.c.party_id)
    .outerjoin(BODIES, BODIES.c.id == APPOINTMENTS.c.body_id)
)
_PERSON = select(PEOPLE).where(PEOPLE.c.id.in_(select(APPOINTMENTS.c.person_id)))
_MANDATE = select(MANDATES)


def _by_party(table: TableClause) -> Select[Any]:
    """What the register tells of parties."""
    its_party = PARTIES.c.id == table.c.party_id
    party = PARTIES.c.key.label("party")
    return select(table, party).outerjoin(PARTIES, its_party)


_PIVOTAL, _INTEREST = _by_party(PIVOTAL), _by_party(INTERESTS)


def offices(connection: Connection) -> _Named:
    """Every appointment, whoever was ever appointed, every mandate, and what pivotal countries are asked."""
    for read in (_appointments, _people, _mandates, _pivotal, _interests):
        yield from read(connection)


def _rows(connection: Connection, of: Select[Any]) -> Iterator[dict[str, Any]]:
    for row in connection.execute(of).mappings():
        yield dict(row)


def _appointments(connection: Connection) -> _Named:
    for row in _rows(connection, _APPOINTMENT):
        row["person"] = opaque(row["person_id"])
        row["starts_on"] = row["starts_on"].isoformat()
        row["ends_on"] = row["ends_on"] and row["ends_on"].isoformat()
        yield appointment_name(row["id"]), row


def _people(connection: Connection) -> _Named:
    for row in _rows(connection, _PERSON):
        yield person_name(opaque(row["id"])), row


def _mandates(connection: Connection) -> _Named:
    for row in _rows(connection, _MANDATE):
        row["person"] = opaque(row["person_id"])
        row["starts_on"] = row["starts_on"].isoformat()
        row["ends_on"] = row["ends_on"].isoformat()
        yield mandate_name(row["id"]), row


def _pivotal(connection: Connection) -> _Named:
    for row in _rows(connection, _PIVOTAL):
        row["until"] = row["until"] and row["until"].isoformat()
        yield pivotal_name(row["party"], row["since"].isoformat()), row


def _interests(connection: Connection) -> _Named:
    for row in _rows(connection, _INTEREST):
        for day in ("asked_on", "registered_on", "until"):
            row[day] = row[day] and row[day].isoformat()
        yield interest_name(row["party"], row["area"]), row
