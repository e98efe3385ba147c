"""What the register's events say of the house: who holds which office, and who speaks for whom."""

from collections.abc import Callable, Mapping

from workflow.audit.chain import ToldEvent
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    appointment_name,
    interest_name,
    mandate_name,
    person_name,
    pivotal_name,
)


def _appointed(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[appointment_name(what["appointment"])] = {
        "person": what["of"],
        "role": what["role"],
        "party": what["party"],
        "starts_on": what["starts_on"],
        "ends_on": what["ends_on"],
    }
    _called(story, told)


def _called(story: ExpectedRows, told: ToldEvent) -> None:
    """Somebody goes by the name told last; where one was erased, no name is told any more."""
    person = person_name(told.what["of"])
    if "name" in told.committed - told.opened.keys():
        story.nameless.add(person)
    if "name" in told.opened and person not in story.nameless:
        story.things[person] = {"name": told.opened["name"]}
    else:
        story.things[person] = {} if person in story.nameless else story.things.get(person, {})


def _mandated(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[mandate_name(what["mandate"])] = {
        "appointment_id": what["appointment"],
        "person": what["to"],
        "starts_on": what["starts_on"],
        "ends_on": what["ends_on"],
        "scope": what["scope"],
        "granted_at": told.at,
        "revoked_at": None,
    } | private_columns(told, reason="reason")


def _mandate_revoked(story: ExpectedRows, told: ToldEvent) -> None:
    story.things[mandate_name(told.what["mandate"])]["revoked_at"] = told.at


def _pivotal_designated(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[pivotal_name(what["party"], what["since"])] = {
        "until": None,
        **private_columns(told, evidence="evidence"),
    }


def _interest_registered(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[interest_name(what["party"], what["area"])] = {
        "registered_on": what["on"],
        **private_columns(told, note="note"),
    }


TELLERS: Mapping[str, Callable[[ExpectedRows, ToldEvent], None]] = {
    "appointment.made": _appointed,
    "appointment.ended": _appointed,
    "mandate.granted": _mandated,
    "mandate.revoked": _mandate_revoked,
    "pivotal.designated": _pivotal_designated,
    "interest.registered": _interest_registered,
}
