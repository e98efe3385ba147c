"""The chain of one case, recomputed from the stored bytes alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from workflow.audit.canonical import LEAF
from workflow.audit.commitments import opens
from workflow.audit.envelope import ORIGIN, VERSION, Envelope, genesis, read_event
from workflow.audit.events.payload import Payload, opaque
from workflow.errors import Invalid

Openings = Mapping[str, tuple[str, str]]


class Broken(Exception):
    """The first place where a trail is not what it claims to be."""

    def __init__(self, sentence: str, seq: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.seq = seq


class EventRow(NamedTuple):
    """An event as its table holds it, with what still opens its commitments."""

    seq: int
    type: str
    person_id: int | None
    at: datetime
    body: bytes
    hash: bytes
    prev: bytes
    openings: Openings


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as its bytes tell it; `opened` holds the private texts that were not erased."""

    seq: int
    hash: bytes
    type: str
    person: int | None
    appointment: int | None
    at: datetime
    effective: datetime
    what: Payload
    committed: frozenset[str]
    opened: Mapping[str, str]
    role: str = ""
    party: str = ""


@dataclass(slots=True)
class ChainEnd:
    """How far a chain was followed."""

    seq: int
    hash: bytes
    at: datetime | None = None


def follow(ref: str, rows: Iterable[EventRow], end: ChainEnd) -> Iterator[ToldEvent]:
    """Each event in turn, once it is known to be unaltered and in its place; moves `end` along.

    Raises `Broken` at the first that is not.
    """
    for row in links(rows, end):
        try:
            told = _told(ref, row, end.at)
        except (Invalid, KeyError, TypeError, ValueError, AttributeError) as fault:
            raise Broken(f"Event {row.seq} cannot be read: {fault}", row.seq) from fault
        end.at = told.at
        yield told


def links(rows: Iterable[EventRow], end: ChainEnd) -> Iterator[EventRow]:
    """Each stored event, once its bytes hash as they should and its link is to the one before."""
    for row in rows:
        if row.seq != end.seq + 1:
            raise Broken(f"Event {end.seq + 1} is missing: the next one is {row.seq}.", end.seq + 1)
        link = sha256(LEAF + row.body).digest()
        if link != row.hash:
            _expect(row.seq, "the hash", row.hash, link)
        if row.prev != end.hash:
            _expect(row.seq, "the link to the event before", row.prev, end.hash)
        end.seq, end.hash = row.seq, link
        yield row


def start(ref: str) -> ChainEnd:
    """Where the chain of the case called `ref` begins."""
    return ChainEnd(0, genesis(ref))


def _told(ref: str, row: EventRow, last: datetime | None) -> ToldEvent:
    event = read_event(row.body)
    told = ToldEvent(
        seq=row.seq,
        hash=row.hash,
        type=event.type,
        person=event.person,
        appointment=event.appointment,
        at=event.at,
        effective=event.effective,
        what=event.what,
        committed=frozenset(event.commitments),
        opened={field: value for field, (_, value) in row.openings.items()},
        role=event.role,
        party=event.party,
    )
    _in_place(ref, row, event)
    if last is not None and told.at < last:
        raise Broken(f"Event {row.seq} is earlier than the one before it.", row.seq)
    _mirrored(row, told)
    _opened(row, event.commitments)
    return told


def _in_place(ref: str, row: EventRow, event: Envelope) -> None:
    for name, found, meant in (
        ("the form", event.v, VERSION),
        ("the log", event.log, ORIGIN),
        ("the case", event.case, ref),
        ("the number", event.seq, row.seq),
        ("the link written into the bytes", event.prev, row.prev.hex()),
    ):
        _expect(row.seq, name, found, meant)


def _mirrored(row: EventRow, told: ToldEvent) -> None:
    _expect(row.seq, "the type", row.type, told.type)
    _expect(row.seq, "the person", opaque(row.person_id), opaque(told.person))
    _expect(row.seq, "the time", row.at, told.at)


def _opened(row: EventRow, commitments: Mapping[str, str]) -> None:
    for field, (salt, value) in row.openings.items():
        if field not in commitments or not opens(commitments[field], field, salt, value):
            raise Broken(
                f"Event {row.seq}: the text kept as {field} is not what was committed to.", row.seq
            )


def _expect(seq: int, name: str, found: object, meant: object) -> None:
    if found != meant:
        raise Broken(
            f"Event {seq}: {name} kept with it is {shown(found)}, but should be {shown(meant)}.",
            seq,
        )


def shown(value: object) -> str:
    """A value as a sentence quotes it."""
    match value:
        case bytes():
            return value.hex()
        case datetime():
            return value.isoformat()
        case None | "":
            return "nothing"
        case set():
            return ", ".join(sorted(map(str, value))) or "nobody"
    return f"“{value}”" if isinstance(value, str) else str(value)
