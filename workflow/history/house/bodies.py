"""Parties, bodies and frameworks in words: entered, changed, seated, and called to a session."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.house import (
    BodyConvened,
    BodyDescribed,
    BodySeated,
    BodySeatEnded,
    FrameworkDescribed,
    OnABody,
    PartyDescribed,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, Term, phrase

PLACES: Mapping[str, Phrase] = {
    "chair": phrase("the chair"),
    "deputy": phrase("the seat of a deputy"),
    "member": phrase("the seat of a member"),
}


# With what a party came that nobody described.
CAME: Mapping[str, Phrase] = {
    "import": phrase("It came with an import of programmes."),
    "proposal": phrase("It came with a proposal that names it."),
    "placing": phrase("It came with a record that was placed."),
    "amendment": phrase("It came with an amendment that was signed."),
    "money": phrase("It came with money that was recorded."),
}


def party(event: Recorded, what: PartyDescribed, context: HistoryContext) -> Said:
    """A party was entered or changed."""
    sentence = phrase(
        "%(name)s was entered as a party or changed (%(kind)s)",
        name=what.name, kind=Term(what.kind.replace("_", " ")),
    )  # fmt: skip
    parts = [
        phrase("It may execute programmes.") if what.executes else None,
        phrase("It may give to programmes.") if what.gives else None,
    ]
    under = tuple(each for each in parts if each)
    came = (CAME[what.came],) if what.came else ()
    who = () if came and event.person is None else entered_by(event, context)
    return Said(sentence, under=(*under, *came, *who), reason=what.contact)


def body(event: Recorded, what: BodyDescribed, context: HistoryContext) -> Said:
    """A body was entered or changed."""
    sentence = phrase("The body %(name)s was entered or changed", name=what.name)
    under = [phrase("At least %(quorum)s seats decide.", quorum=what.quorum)]
    if what.by_default:
        under.append(phrase("It decides where a framework names no other."))
    return Said(sentence, under=(*under, *entered_by(event, context)))


def seated(event: Recorded, what: BodySeated, context: HistoryContext) -> Said:
    """A party was given a seat."""
    sentence = phrase(
        "%(party)s was given %(place)s on %(body)s, from %(first)s",
        party=context.party(what.party), place=PLACES[what.place], body=what.body,
        first=what.starts_on,
    )  # fmt: skip
    return Said(sentence, under=(*_until(what), *entered_by(event, context)), tone="done")


def seat_ended(event: Recorded, what: BodySeatEnded, context: HistoryContext) -> Said:
    """A seat was brought to its end."""
    sentence = phrase(
        "%(party)s holds %(place)s on %(body)s until %(last)s",
        party=context.party(what.party), place=PLACES[what.place], body=what.body,
        last=what.ends_on,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context))


def convened(event: Recorded, what: BodyConvened, context: HistoryContext) -> Said:
    """A session was called."""
    sentence = phrase(
        "%(body)s was called to a session, “%(title)s”, from %(first)s to %(last)s",
        body=what.body, title=what.title, first=what.starts_on, last=what.ends_on,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context))


def framework(event: Recorded, what: FrameworkDescribed, context: HistoryContext) -> Said:
    """A framework or a fund was entered or changed."""
    sentence = phrase(
        "%(title)s (%(key)s) was entered or changed, in force from %(first)s",
        title=what.title, key=what.framework, first=what.starts_on,
    )  # fmt: skip
    under = [phrase("until %(last)s", last=what.ends_on)] if what.ends_on else []
    if what.envelope:
        under.append(
            phrase("envelope %(amount)s %(currency)s", amount=what.envelope, currency=what.currency)
        )
    if what.body:
        under.append(phrase("decided on by %(body)s", body=what.body))
    if what.appraisal:
        under.append(phrase("appraised by %(body)s", body=what.appraisal))
    if what.steering:
        under.append(phrase("steered by %(body)s", body=what.steering))
    return Said(sentence, under=(*under, *entered_by(event, context)))


def _until(what: OnABody) -> tuple[Phrase, ...]:
    return (phrase("until %(last)s", last=what.ends_on),) if what.ends_on else ()


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    PartyDescribed: party,
    BodyDescribed: body,
    BodySeated: seated,
    BodySeatEnded: seat_ended,
    BodyConvened: convened,
    FrameworkDescribed: framework,
}
