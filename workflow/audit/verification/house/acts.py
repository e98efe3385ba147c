"""Acts that take two administrators, as the tables say and as the register tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload, Sealed, opaque
from workflow.audit.events.people import (
    AccountAsked,
    AccountConfirmed,
    AccountDeclined,
    ActAsked,
    ActConfirmed,
    ActDeclined,
)
from workflow.audit.verification.actual_bodies import body_named
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import account_act_name, office_act_name
from workflow.audit.verification.tables import ACCOUNT_ACTS, BODIES, OFFICE_ACTS, PARTIES

_UNDECIDED = {"outcome": "", "decided_by": None, "decided_at": None, "reason": ""}
_OFFICE_ACTS = (
    select(OFFICE_ACTS, PARTIES.c.key.label("party"), body_named(OFFICE_ACTS.c.body_id))
    .outerjoin(PARTIES, PARTIES.c.id == OFFICE_ACTS.c.party_id)
    .outerjoin(BODIES, BODIES.c.id == OFFICE_ACTS.c.body_id)
)


def acts(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every act on an office or an account that took two, or waits for the second."""
    for row in connection.execute(_OFFICE_ACTS).mappings():
        days = {day: row[day] and row[day].isoformat() for day in ("starts_on", "ends_on")}
        person = opaque(row["person_id"])
        yield office_act_name(row["id"]), {**row, **days, "person": person}
    for row in connection.execute(select(ACCOUNT_ACTS)).mappings():
        said = {
            "person": opaque(row["person_id"]),
            "by_letter": row["token_hash"] is not None,
        }
        yield account_act_name(row["id"]), {**row, **said}


def _office_asked(story: ExpectedRows, told: ToldEvent, what: ActAsked) -> None:
    story.things[office_act_name(what.number)] = {
        "act": what.act,
        "person": opaque(what.holder),
        "role": what.role,
        "party": what.party,
        "starts_on": what.starts_on.isoformat(),
        "ends_on": what.ends_on and what.ends_on.isoformat(),
        "body": what.body,
        "asked_by": told.person,
        "asked_at": told.at,
        **_wished(told, what),
        **_UNDECIDED,
    }


def _wished(told: ToldEvent, what: ActAsked) -> dict[str, Any]:
    """The letter, and the appointment that is to end or last longer; older events tell neither."""
    if not isinstance(what.letter, Sealed):
        return {}
    return {"appointment_id": what.appointment, **private_columns(told, letter=what.letter)}


def _account_asked(story: ExpectedRows, told: ToldEvent, what: AccountAsked) -> None:
    story.things[account_act_name(what.number)] = {
        "act": what.act,
        "person": opaque(what.whom),
        "by_letter": what.by_letter,
        "asked_by": told.person,
        "asked_at": told.at,
        **private_columns(told, email=what.email),
        **_UNDECIDED,
    }


def _office_confirmed(story: ExpectedRows, told: ToldEvent, what: ActConfirmed) -> None:
    story.confirmed = office_act_name(what.number)
    _decided(story, told, story.confirmed, "confirmed")


def _office_declined(story: ExpectedRows, told: ToldEvent, what: ActDeclined) -> None:
    _decided(story, told, office_act_name(what.number), "declined")
    _reason(story, told, office_act_name(what.number), what)


def _account_confirmed(story: ExpectedRows, told: ToldEvent, what: AccountConfirmed) -> None:
    _decided(story, told, account_act_name(what.number), "confirmed")


def _account_declined(story: ExpectedRows, told: ToldEvent, what: AccountDeclined) -> None:
    _decided(story, told, account_act_name(what.number), "declined")
    _reason(story, told, account_act_name(what.number), what)


def _decided(story: ExpectedRows, told: ToldEvent, name: str, outcome: str) -> None:
    story.things[name] |= {"outcome": outcome, "decided_by": told.person, "decided_at": told.at}


def _reason(
    story: ExpectedRows, told: ToldEvent, name: str, what: ActDeclined | AccountDeclined
) -> None:
    """The reason stands beside the outcome; one that was erased is compared no more."""
    del story.things[name]["reason"]
    story.things[name] |= private_columns(told, reason=what.reason)


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    ActAsked: _office_asked,
    ActConfirmed: _office_confirmed,
    ActDeclined: _office_declined,
    AccountAsked: _account_asked,
    AccountConfirmed: _account_confirmed,
    AccountDeclined: _account_declined,
}
