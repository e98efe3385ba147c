"""A payload: what one type of event says, and how its declaration names keys, texts and people."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NamedTuple

from workflow.vocabulary import EventType

_OPAQUE = re.compile(r"p(0|[1-9]\d{0,14})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What an event says: each field is a key of its bytes, or a text that it only commits to.

    A field with a default is left out of the bytes where it has it.
    """

    event_type: ClassVar[EventType]


@dataclass(frozen=True, slots=True)
class Unknown(Payload):
    """What an event of a type says that this release does not know."""


@dataclass(frozen=True, slots=True)
class Garbled(Payload):
    """What an event says that does not say what its type has to say, and why that is so."""

    why: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A private text as the trail holds it: a commitment, whose opening may have been erased."""

    field: str
    digest: str


class Spelt(NamedTuple):
    """The key under which a field stands in the bytes, where Python keeps the word for itself."""

    name: str


class Only(NamedTuple):
    """When a field with a default stands in the bytes at all."""

    when: str


class Committed(NamedTuple):
    """What a private text tells; one that is empty is committed to only where it says `always`."""

    tells: str
    always: bool = False


class Opaque(NamedTuple):
    """Marks the number of a person, which the bytes hold as an opaque id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfHouse(Payload):
    """What is told of the house: of people, offices, parties and bodies.

    At the command line of the machine nobody proves who they are: whom the event names is whom
    somebody there said to be.
    """

    via: Annotated[
        str | None,
        Only(
            "only where it was done at the command line of the machine, on somebody's word who it is"
        ),
    ] = None


# Given as text when an event is written; read back as its seal, or None where there never was one.
Private = str | Sealed | None
PersonId = Annotated[int, Opaque()]


def opaque(person: int | None) -> str | None:
    """The id under which the trail knows a person."""
    return None if person is None else f"p{person}"


def person_of(known_as: Any) -> int:
    """The person whom the trail knows under this id; anything else is refused."""
    found = _OPAQUE.fullmatch(known_as) if isinstance(known_as, str) else None
    if found is None:
        raise ValueError(f"{known_as!r:.40} is the id of nobody")
    return int(found[1])
