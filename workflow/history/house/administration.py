"""Events of accounts and of acts that take two administrators, in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.people import (
    AccessEnded,
    AccessRestored,
    AccountAsked,
    AccountConfirmed,
    AccountDeclined,
    ActAsked,
    ActConfirmed,
    ActDeclined,
    ActOnOffice,
    OfPerson,
    PasswordSet,
    PersonChanged,
    PersonEntered,
    PersonInvited,
    SessionsEnded,
)
from workflow.audit.events.register import AppointmentHandedOver
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, Term, counted, phrase

HOUSE = Term("Whoever set up the house")
FIELDS: Mapping[str, Term] = {
    "name": Term("name"),
    "email": Term("e-mail address"),
    "language": Term("language"),
    "time_zone": Term("time zone"),
}
ASKED: Mapping[str, Phrase] = {
    "make": phrase("%(who)s asked to appoint %(name)s %(role)s, %(party)s"),
    "end": phrase("%(who)s asked to end the appointment of %(name)s as %(role)s, %(party)s"),
    "extend": phrase("%(who)s asked to extend the appointment of %(name)s as %(role)s, %(party)s"),
}
CONFIRMED: Mapping[str, Phrase] = {
    "make": phrase("%(who)s confirmed that %(name)s is appointed %(role)s, %(party)s"),
    "end": phrase("%(who)s confirmed that %(name)s ends as %(role)s, %(party)s"),
    "extend": phrase("%(who)s confirmed that %(name)s goes on as %(role)s, %(party)s"),
}
DECLINED: Mapping[str, Phrase] = {
    "make": phrase("%(who)s declined to appoint %(name)s %(role)s, %(party)s"),
    "end": phrase("%(who)s declined to end the appointment of %(name)s as %(role)s, %(party)s"),
    "extend": phrase(
        "%(who)s declined to extend the appointment of %(name)s as %(role)s, %(party)s"
    ),
}
ACCOUNT_ASKED: Mapping[str, Phrase] = {
    "link": phrase("%(who)s asked for a link by which %(name)s chooses a password"),
    "address": phrase("%(who)s asked for another address of %(name)s"),
}
ACCOUNT_CONFIRMED: Mapping[str, Phrase] = {
    "link": phrase("%(who)s confirmed a link by which %(name)s chooses a password"),
    "address": phrase("%(who)s confirmed another address of %(name)s"),
}
ACCOUNT_DECLINED: Mapping[str, Phrase] = {
    "link": phrase("%(who)s declined a link by which %(name)s chooses a password"),
    "address": phrase("%(who)s declined another address of %(name)s"),
}
WAITS = phrase("It waits for a second administrator.")
BY_LETTER = phrase("It waits for an answer to a letter to the address that is known.")
SHOWN = phrase("Whoever made the link saw it.")


def entered(event: Recorded, what: PersonEntered, context: HistoryContext) -> Said:
    """Somebody was entered."""
    name = context.names.private(event, what.name) or Term("Somebody whose name was erased")
    return Said(phrase("%(who)s entered %(name)s", who=_who(event, context), name=name))


def changed(event: Recorded, what: PersonChanged, context: HistoryContext) -> Said:
    """What is known of somebody was changed."""
    sentence = phrase(
        "%(who)s changed of %(name)s: %(fields)s",
        who=_who(event, context), name=_name(what, context),
        fields=tuple(FIELDS.get(each) or Term(each) for each in what.changed),
    )  # fmt: skip
    return Said(sentence)


def invited(event: Recorded, what: PersonInvited, context: HistoryContext) -> Said:
    """Somebody was given a link to choose a password."""
    sentence = phrase(
        "%(who)s invited %(name)s to choose a password",
        who=_who(event, context), name=_name(what, context),
    )  # fmt: skip
    seen = (SHOWN,) if what.shown else ()
    return Said(sentence, under=(phrase("until %(day)s", day=what.until.date()), *seen))


def password_set(_event: Recorded, what: PasswordSet, context: HistoryContext) -> Said:
    """Somebody chose a password by a link, or whoever else held it did."""
    maker = context.names.people.get(what.made_by, "") if what.made_by else HOUSE
    sentence = phrase(
        "The password of %(name)s was set by the link that %(maker)s made on %(day)s",
        name=_name(what, context), maker=maker, day=what.made_at.date(),
    )  # fmt: skip
    return Said(sentence, under=(SHOWN,) if what.shown else (), tone="late" if what.shown else "")


def account_asked(event: Recorded, what: AccountAsked, context: HistoryContext) -> Said:
    """An act on the account of somebody who holds an office was asked for."""
    said = replace(ACCOUNT_ASKED[what.act], parts=_about(event, what, context))
    return Said(said, under=(BY_LETTER if what.by_letter else WAITS,))


def account_confirmed(event: Recorded, what: AccountConfirmed, context: HistoryContext) -> Said:
    """A second administrator, or the person, confirmed an act on an account."""
    said = replace(ACCOUNT_CONFIRMED[what.act], parts=_about(event, what, context))
    return Said(said, under=(asked_first(what.asked_by, context),), tone="done")


def account_declined(event: Recorded, what: AccountDeclined, context: HistoryContext) -> Said:
    """A second administrator declined an act on an account."""
    said = replace(ACCOUNT_DECLINED[what.act], parts=_about(event, what, context))
    under = (asked_first(what.asked_by, context),)
    return Said(said, under=under, tone="objection", reason=what.reason)


def access_ended(event: Recorded, what: AccessEnded, context: HistoryContext) -> Said:
    """Somebody can sign in no more."""
    sentence = phrase(
        "%(who)s ended the access of %(name)s",
        who=_who(event, context), name=_name(what, context),
    )  # fmt: skip
    return Said(sentence, tone="late", reason=what.reason)


def access_restored(event: Recorded, what: AccessRestored, context: HistoryContext) -> Said:
    """Somebody can sign in again."""
    sentence = phrase(
        "%(who)s restored the access of %(name)s",
        who=_who(event, context), name=_name(what, context),
    )  # fmt: skip
    return Said(sentence, tone="done")


def sessions_ended(event: Recorded, what: SessionsEnded, context: HistoryContext) -> Said:
    """Somebody was signed out everywhere."""
    sentence = phrase(
        "%(who)s signed %(name)s out everywhere",
        who=_who(event, context), name=_name(what, context),
    )  # fmt: skip
    return Said(sentence)


def asked(event: Recorded, what: ActAsked, context: HistoryContext) -> Said:
    """An act was asked for that waits for a second administrator."""
    letter = context.names.private(event, what.letter)
    paper = (phrase("by the letter %(letter)s", letter=letter),) if letter else ()
    return Said(_of(ASKED, event, what, context), under=(_span(what), *paper, WAITS))


def confirmed(event: Recorded, what: ActConfirmed, context: HistoryContext) -> Said:
    """A second administrator confirmed an act."""
    under = (_span(what), asked_first(what.asked_by, context))
    return Said(_of(CONFIRMED, event, what, context), under=under, tone="done")


def declined(event: Recorded, what: ActDeclined, context: HistoryContext) -> Said:
    """A second administrator declined an act."""
    under = (asked_first(what.asked_by, context),)
    said = _of(DECLINED, event, what, context)
    return Said(said, under=under, tone="objection", reason=what.reason)


def _of(
    sentences: Mapping[str, Phrase], event: Recorded, what: ActOnOffice, context: HistoryContext
) -> Phrase:
    parts: dict[str, Part] = {
        "who": context.who(event),
        "name": context.names.people.get(what.holder, ""),
        "role": context.role(what.role),
        "party": context.party(what.party),
    }
    return replace(sentences[what.act], parts=parts)


def _span(what: ActOnOffice) -> Phrase:
    if what.ends_on is None:
        return phrase("from %(first)s, without an end", first=what.starts_on)
    return phrase("from %(first)s to %(last)s", first=what.starts_on, last=what.ends_on)


def asked_first(person: int, context: HistoryContext) -> Phrase:
    """Who asked for what a second administrator decided on."""
    return phrase("asked for by %(who)s", who=context.names.people.get(person, ""))


def _who(event: Recorded, context: HistoryContext) -> Part:
    return context.who(event) or HOUSE


def _about(event: Recorded, what: OfPerson, context: HistoryContext) -> Mapping[str, Part]:
    return {"who": context.who(event), "name": _name(what, context)}


def _name(what: OfPerson, context: HistoryContext) -> str:
    return context.names.people.get(what.whom, "")


def handed_over(event: Recorded, what: AppointmentHandedOver, context: HistoryContext) -> Said:
    """What an appointment left open went to a successor."""
    sentence = phrase(
        "%(who)s handed over what %(name)s left open as %(role)s, %(party)s, to %(successor)s",
        who=_who(event, context), name=context.names.people.get(what.holder, ""),
        role=context.role(what.role), party=context.party(what.party),
        successor=context.names.people.get(what.successor, ""),
    )  # fmt: skip
    seats = counted("%(num)s seat", "%(num)s seats", what.seats)
    return Said(sentence, under=(seats,), tone="done", reason=what.reason)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    PersonEntered: entered,
    PersonChanged: changed,
    PersonInvited: invited,
    AccessEnded: access_ended,
    AccessRestored: access_restored,
    SessionsEnded: sessions_ended,
    PasswordSet: password_set,
    AccountAsked: account_asked,
    AccountConfirmed: account_confirmed,
    AccountDeclined: account_declined,
    ActAsked: asked,
    ActConfirmed: confirmed,
    AppointmentHandedOver: handed_over,
    ActDeclined: declined,
}
