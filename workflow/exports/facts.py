"""What an event says beyond its time and its people: keys, numbers and instants, never free text."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workflow.clock import read
from workflow.exports.traces import Happening
from workflow.vocabulary import EventType

Value = str | int | datetime

ROUND = ("round", "turn")
ANSWER = (*ROUND, "answer", "verdict", "content")
TIMES = frozenset({"due", "effective"})
NUMBERS = frozenset({"turn", "answer", "version", "size", "seq"})

# What is taken from each kind of event. Anything that is not named here stays at home.
SAID: Mapping[str, tuple[str, ...]] = {
    EventType.CASE_OPENED: ("state", "stage"),
    EventType.PROGRAMME_IMPORTED: ("state", "stage", "confidence"),
    EventType.IMPORT_REVISED: ("state", "stage"),
    EventType.STATE_ENTERED: ("from", "to", "stage", "round", "outcome"),
    EventType.ROUND_OPENED: (*ROUND, "state", "due", "content"),
    EventType.ROUND_SETTLED: (*ROUND, "outcome"),
    EventType.ROUND_OVERTAKEN: ROUND,
    EventType.ROUND_REBOUND: (*ROUND, "content"),
    EventType.ROUND_EXTENDED: (*ROUND, "due"),
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
NAMED_BY: Mapping[str, str] = {
    EventType.STATE_ENTERED: "to",
    EventType.SIGNOFF_GIVEN: "verdict",
    EventType.SIGNOFF_CHANGED: "verdict",
    EventType.SIGNOFF_LATE: "verdict",
    EventType.DOCUMENT_FILED: "kind",
    EventType.ATTACHMENT_FILED: "kind",
    EventType.ATTACHMENT_REMOVED: "kind",
    EventType.PARTY_JOINED: "capacity",
    EventType.PARTY_LEFT: "capacity",
}


def facts(event: Happening) -> Iterator[tuple[str, Value]]:
    """The facts of an event by name; what it does not say, or not as it should, is left out."""
    for name in SAID.get(event.type, ()):
        value = _value(name, event.what.get(name))
        if value is not None:
            yield name, value
    if event.late:
        yield "effective", event.effective


def activity(event: Happening) -> str:
    """What was done, as a miner counts it: a round by its key, other things by type and kind."""
    if event.type in MOVES and "round" in event.what:
        return str(event.what["round"])
    detail = event.what.get(NAMED_BY.get(event.type, ""))
    round_key = event.what.get("round") if event.type.startswith("signoff.") else None
    return " ".join(str(part) for part in (event.type, round_key, detail) if part)


def transition(event: Happening) -> str:
    """Where in the life of its activity the event stands."""
    return MOVES.get(event.type, "complete")


def people(event: Happening) -> Iterator[tuple[str, str]]:
    """Everybody the event speaks of, with the part that each has in it."""
    if event.person:
        yield "by", event.person
    for name, part in (
        ("for", "on behalf of"),
        ("of", "holder"),
        ("to", "delegate"),
        ("whom", "about"),
    ):
        known_as = event.what.get(name)
        if isinstance(known_as, str) and known_as[:1] == "p" and known_as[1:].isdigit():
            yield part, known_as


def _value(name: str, value: object) -> Value | None:
    if name in TIMES:
        return read(value) if isinstance(value, str) else None
    if name in NUMBERS:
        return value if isinstance(value, int) else None
    return value if isinstance(value, str) and value else None
