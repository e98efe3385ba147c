"""What an event says beyond its time and its people: keys, numbers and instants, never free text."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workflow.audit.events import codec
from workflow.audit.events.about import principal_in
from workflow.audit.events.cases import InCapacity, StateEntered
from workflow.audit.events.documents import OfKind
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.events.register import Appointed, Mandated
from workflow.audit.events.rounds import OfRound
from workflow.audit.events.seats import Answered, DutyOverridden, SeatReassigned, SignoffLate
from workflow.exports.traces import Happening
from workflow.vocabulary import EventType

Value = str | int | datetime

ROUND = ("round", "turn")
ANSWER = (*ROUND, "answer", "verdict", "content")
TIMES = frozenset({"due", "effective"})
NUMBERS = frozenset({"turn", "answer", "version", "size", "seq"})

# What is taken from each kind of event. Anything that is not named here stays at home.
SAID: Mapping[str, tuple[str, ...]] = {
    EventType.CASE_OPENED: ("state", "stage", "parent"),
    EventType.CHILD_OPENED: ("ref", "kind", "party"),
    EventType.FACTS_AMENDED: ("ref", "document", "version", "digest"),
    EventType.FACTS_KEPT: ("ref", "document", "version", "why"),
    EventType.PROGRAMME_IMPORTED: ("state", "stage", "confidence"),
    EventType.IMPORT_REVISED: ("state", "stage"),
    EventType.PROGRAMME_PLACED: ("state", "stage"),
    EventType.CASE_MIGRATED: ("state", "stage"),
    EventType.SOURCE_ACCEPTED: ("confidence",),
    EventType.STATE_ENTERED: ("from", "to", "stage", "round", "outcome"),
    EventType.FOOTING_CHANGED: ("footing", "round", "outcome"),
    EventType.ROUND_OPENED: (*ROUND, "state", "due", "content"),
    EventType.ROUND_SETTLED: (*ROUND, "outcome"),
    EventType.ROUND_OVERTAKEN: ROUND,
    EventType.ROUND_REBOUND: (*ROUND, "content"),
    EventType.ROUND_RESEATED: ROUND,
    EventType.ROUND_EXTENDED: (*ROUND, "due"),
    EventType.ROUND_FREED: ROUND,
    EventType.ROUND_PAUSED: ROUND,
    EventType.ROUND_RESUMED: (*ROUND, "due"),
    EventType.SIGNOFF_GIVEN: ANSWER,
    EventType.SIGNOFF_CHANGED: ANSWER,
    EventType.SIGNOFF_LATE: (*ROUND, "verdict", "due"),
    EventType.SIGNOFF_VOIDED: ROUND,
    EventType.SEAT_RECUSED: ROUND,
    EventType.SEAT_CLAIMED: ROUND,
    EventType.SEAT_RELEASED: ROUND,
    EventType.SEAT_REASSIGNED: ROUND,
    EventType.INTEREST_DECLARED: ROUND,
    EventType.DUTY_OVERRIDDEN: (*ROUND, "bar"),
    EventType.DOCUMENT_FILED: ("kind", "version", "digest"),
    EventType.ATTACHMENT_FILED: ("kind", "size", "digest"),
    EventType.ATTACHMENT_REMOVED: ("kind", "digest"),
    EventType.PROGRAMME_TAKEN_ON: ("group", "programme"),
    EventType.PROGRAMME_LET_GO: ("group", "programme"),
    EventType.LEAD_GROUP_CHANGED: ("group", "why"),
    EventType.PARTY_JOINED: ("capacity",),
    EventType.PARTY_LEFT: ("capacity",),
}
# The life of a round in the words of XES; a sign-off is complete when it is given.
MOVES: Mapping[str, str] = {
    EventType.ROUND_OPENED: "start",
    EventType.ROUND_SETTLED: "complete",
    EventType.ROUND_OVERTAKEN: "ate_abort",
    EventType.ROUND_PAUSED: "suspend",
    EventType.ROUND_RESUMED: "resume",
}


def facts(event: Happening) -> Iterator[tuple[str, Value]]:
    """The facts of an event by name; what it does not say, or not as it should, is left out."""
    said = dict(codec.spoken(event.what)) if event.type in SAID else {}
    for name in SAID.get(event.type, ()):
        value = said.get(name)
        if isinstance(value, str | int | datetime) and value != "":
            yield name, value
    if event.late:
        yield "effective", event.effective


def activity(event: Happening) -> str:
    """What was done, as a miner counts it: a round by its key, other things by type and kind."""
    what = event.what
    round_key = what.round if isinstance(what, OfRound) else ""
    if event.type in MOVES and round_key:
        return round_key
    if not event.type.startswith("signoff."):
        round_key = ""
    return " ".join(part for part in (event.type, round_key, _detail(what)) if part)


def _detail(what: Payload) -> str:
    """What an event of its type is counted by."""
    match what:
        case StateEntered():
            return what.state
        case Answered() | SignoffLate():
            return what.verdict
        case OfKind():
            return what.kind
        case InCapacity():
            return what.capacity
    return ""


def transition(event: Happening) -> str:
    """Where in the life of its activity the event stands."""
    return MOVES.get(event.type, "complete")


def people(event: Happening) -> Iterator[tuple[str, str]]:
    """Everybody the event speaks of, with the part that each has in it."""
    if event.person:
        yield "by", event.person
    for part, person in _named(event.what):
        known_as = opaque(person)
        if known_as:
            yield part, known_as


def _named(what: Payload) -> Iterator[tuple[str, int | None]]:
    yield "on behalf of", principal_in(what)
    match what:
        case Appointed():
            yield "holder", what.holder
        case Mandated():
            yield "holder", what.holder
            yield "delegate", what.delegate
        case SeatReassigned():
            yield "delegate", what.delegate
        case DutyOverridden():
            yield "about", what.whom
