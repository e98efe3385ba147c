"""Where a lead group sits in the life of its programmes: each round that asks its members, by their lifecycles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.lead_groups.agenda import WaitingThing, group_seats
from workflow.lead_groups.led import LedLine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.seat import Part
from workflow.phrase import Phrase, phrase

LEAD, CONVENOR = "lead", "convenor"
STANDARD = "programme-standard"


@dataclass(frozen=True, slots=True)
class LifeSeat:
    """A round that asks the group: in which lifecycle, as whom, and on which programmes it waits now."""

    label: str
    lifecycle: str
    seat: Phrase
    waits: tuple[str, ...]


def seats_in_life(
    session: Session, engine: Engine, programmes: Sequence[LedLine], waits: Sequence[WaitingThing]
) -> tuple[LifeSeat, ...]:
    """The rounds of the lifecycles that its programmes follow, and of those under them, that ask whoever leads.

    Where it leads none yet they are those of the standard lifecycle.
    """
    followed = {line.definition.digest: line.definition for line in programmes}
    offered = {read.key: read for _, read in engine.in_force(session)}
    if not followed and STANDARD in offered:
        followed = {"": offered[STANDARD]}
    found: dict[tuple[str, str], LifeSeat] = {}
    for definition in followed.values():
        below = (offered.get(kind.lifecycle) for kind in definition.children.values())
        for each in (definition, *(one for one in below if one is not None)):
            for seat in _of(each, waits):
                found.setdefault((seat.lifecycle, seat.label), seat)
    return tuple(found.values())


def _of(definition: Definition, waits: Sequence[WaitingThing]) -> Iterator[LifeSeat]:
    for spec in group_seats(definition.rounds):
        asked = [seat for seat in spec.rule.seats if seat.of in (LEAD, CONVENOR)]
        here = tuple(
            dict.fromkeys(
                each.title
                for each in waits
                if (each.lifecycle, each.round) == (definition.key, spec.key)
            )
        )
        yield LifeSeat(spec.label, definition.title, _as_whom(asked[0].of, asked[0].part), here)


def _as_whom(of: str, part: Part) -> Phrase:
    if part is Part.CONSULTED:
        return phrase("every member is heard") if of == LEAD else phrase("the convenor is heard")
    return phrase("every member") if of == LEAD else phrase("the convenor, for all")
