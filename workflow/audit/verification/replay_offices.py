"""What the register's events say of the house: who holds which office, and who speaks for whom."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload, Private, Sealed, opaque
from workflow.audit.events.people import AccessEnded, AccessRestored, PersonChanged
from workflow.audit.events.register import (
    Appointed,
    AppointmentEnded,
    AppointmentExtended,
    AppointmentHandedOver,
    AppointmentLetterFiled,
    AppointmentLetterWithdrawn,
    AppointmentMade,
    AppointmentTied,
    InterestAsked,
    InterestDeclined,
    InterestEnded,
    InterestRegistered,
    MandateGranted,
    MandateRevoked,
    PivotalDesignated,
    PivotalEnded,
)
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    appointment_name,
    attachment_name,
    interest_name,
    letter_kind,
    mandate_name,
    person_name,
    pivotal_name,
)


def _appointment_made(story: ExpectedRows, told: ToldEvent, what: AppointmentMade) -> None:
    _appointed(story, what)
    story.things[appointment_name(what.appointment)] |= private_columns(told, letter=what.letter)
    person = person_name(opaque(what.holder))
    ended = story.without_access.get(person)
    story.things.setdefault(person, {})["disabled_at"] = ended
    _known_as(story, told, person, name=what.name, email=what.email)


def _appointment_moved(story: ExpectedRows, _told: ToldEvent, what: Appointed) -> None:
    _appointed(story, what)
    story.things.setdefault(person_name(opaque(what.holder)), {})


def _letter_filed(story: ExpectedRows, told: ToldEvent, what: AppointmentLetterFiled) -> None:
    _appointment_moved(story, told, what)
    story.things[attachment_name(told.seq)] = {
        "kind": letter_kind(what.appointment),
        "digest": what.digest,
        "size": what.size,
        "dated": None,
        "person_id": told.person,
        "filed_at": told.at,
        "removed_at": None,
    } | private_columns(told, filename=what.filename)


def _letter_withdrawn(
    story: ExpectedRows, told: ToldEvent, what: AppointmentLetterWithdrawn
) -> None:
    _appointment_moved(story, told, what)
    story.things[attachment_name(what.filed)]["removed_at"] = told.at


def _appointed(story: ExpectedRows, what: Appointed) -> None:
    if story.confirmed:
        story.things[story.confirmed]["appointment_id"] = what.appointment
        story.confirmed = ""
    story.things.setdefault(appointment_name(what.appointment), {}).update(
        {
            "person": opaque(what.holder),
            "role": what.role,
            "party": what.party,
            "starts_on": _day(what.starts_on),
            "ends_on": _day(what.ends_on),
            "body": what.body,
        }
    )


def _person_changed(story: ExpectedRows, told: ToldEvent, what: PersonChanged) -> None:
    """Who holds or held an office is called otherwise; of others the register says nothing."""
    person = person_name(opaque(what.whom))
    if person not in story.things:
        return
    if "email" in what.changed and what.email is None:
        # Told before addresses were: from here on nothing says which one it is.
        story.things[person].pop("email", None)
    _known_as(story, told, person, name=what.name, email=what.email)


def _known_as(story: ExpectedRows, told: ToldEvent, person: str, **texts: Private) -> None:
    """Somebody has the name and the address told last; where one was erased, none is told any more."""
    for column, text in texts.items():
        if not isinstance(text, Sealed):
            continue
        if text.field not in told.opened:
            story.nameless.add((person, column))
        if (person, column) in story.nameless:
            story.things[person].pop(column, None)
        else:
            story.things[person][column] = told.opened[text.field]


def _access_ended(story: ExpectedRows, told: ToldEvent, what: AccessEnded) -> None:
    person = person_name(opaque(what.whom))
    story.without_access[person] = told.at
    if person in story.things:
        story.things[person]["disabled_at"] = told.at


def _access_restored(story: ExpectedRows, _told: ToldEvent, what: AccessRestored) -> None:
    person = person_name(opaque(what.whom))
    story.without_access.pop(person, None)
    if person in story.things:
        story.things[person]["disabled_at"] = None


def _mandate_granted(story: ExpectedRows, told: ToldEvent, what: MandateGranted) -> None:
    story.things[mandate_name(what.mandate)] = {
        "appointment_id": what.appointment,
        "person": opaque(what.delegate),
        "starts_on": _day(what.starts_on),
        "ends_on": _day(what.ends_on),
        "scope": what.scope,
        "granted_at": told.at,
        "revoked_at": None,
    } | private_columns(told, reason=what.reason)


def _mandate_revoked(story: ExpectedRows, told: ToldEvent, what: MandateRevoked) -> None:
    story.things[mandate_name(what.mandate)]["revoked_at"] = told.at


def _pivotal_designated(story: ExpectedRows, told: ToldEvent, what: PivotalDesignated) -> None:
    story.things[pivotal_name(what.party, _day(what.since))] = {
        "until": None,
        "ended_for": "",
        **private_columns(told, evidence=what.evidence),
    }


def _pivotal_ended(story: ExpectedRows, told: ToldEvent, what: PivotalEnded) -> None:
    ended = story.things[pivotal_name(what.party, _day(what.since))]
    ended |= {"until": _day(what.until)}
    ended.pop("ended_for", None)
    ended |= private_columns(told, ended_for=what.ground)


def _interest_registered(story: ExpectedRows, told: ToldEvent, what: InterestRegistered) -> None:
    _interest_answered(story, told, what, "supports" if what.supports else "leads", what.until)


def _interest_declined(story: ExpectedRows, told: ToldEvent, what: InterestDeclined) -> None:
    _interest_answered(story, told, what, what.answer)


def _interest_answered(
    story: ExpectedRows,
    told: ToldEvent,
    what: InterestRegistered | InterestDeclined,
    answer: str,
    until: date | None = None,
) -> None:
    name = interest_name(what.party, what.area)
    story.things[name] = {
        "asked_on": story.things.get(name, {}).get("asked_on"),
        "answer": answer,
        "registered_on": _day(what.on),
        "until": _day(until),
        **private_columns(told, note=what.note),
    }


def _interest_asked(story: ExpectedRows, _told: ToldEvent, what: InterestAsked) -> None:
    unanswered = {"answer": "", "registered_on": None, "note": "", "until": None}
    asked = story.things.setdefault(interest_name(what.party, what.area), unanswered)
    asked["asked_on"] = _day(what.on)


def _interest_ended(story: ExpectedRows, _told: ToldEvent, what: InterestEnded) -> None:
    story.things[interest_name(what.party, what.area)]["until"] = _day(what.until)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    AppointmentMade: _appointment_made,
    AppointmentEnded: _appointment_moved,
    AppointmentExtended: _appointment_moved,
    AppointmentHandedOver: _appointment_moved,
    AppointmentTied: _appointment_moved,
    AppointmentLetterFiled: _letter_filed,
    AppointmentLetterWithdrawn: _letter_withdrawn,
    PersonChanged: _person_changed,
    AccessEnded: _access_ended,
    AccessRestored: _access_restored,
    MandateGranted: _mandate_granted,
    MandateRevoked: _mandate_revoked,
    PivotalDesignated: _pivotal_designated,
    PivotalEnded: _pivotal_ended,
    InterestRegistered: _interest_registered,
    InterestAsked: _interest_asked,
    InterestDeclined: _interest_declined,
    InterestEnded: _interest_ended,
}
