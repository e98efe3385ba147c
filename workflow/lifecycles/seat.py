"""A seat: whom a rule asks for it, and how the permission check sees it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workflow.lifecycles.checks.condition import Conditions


class Part(StrEnum):
    """What a seat is for: to decide, or to be heard before somebody else decides."""

    DECIDES = "decides"
    CONSULTED = "consulted"


# Each part by its word, as rows hold it.
PARTS = {part.value: part for part in Part}


@dataclass(frozen=True, slots=True)
class SeatSpec:
    """Whom a rule asks: a role, and of which parties of the case or of the house.

    `of` is a capacity of the case (proposer, beneficiary, donor, executing_agency, lead,
    convenor), `interested` (pivotal countries with a registered interest in an area of the case),
    `board` (the seats of the board), `board:chair`, `body:<kind>` with `:chair` or `:members`
    (the seats of the committee of that kind), `answered:<round>:<verdict>+<verdict>`
    (the parties that gave one of these answers), or `office:<key>`. Finding no party is an
    incident, unless `if_any` says that it is fine. A seat on a body has the category that the body
    gives it, or else the rule's. A seat is not asked where those that `unless` names have one of its category,
    nor where one of the conditions `when` does not hold as the round opens.
    """

    role: str
    of: str
    part: Part = Part.DECIDES
    category: str = ""
    if_any: bool = False
    unless: str = ""
    when: Conditions = ()


class SeatRef(NamedTuple):
    """The seat in question: of which role and party, how it stands, and on which bench, if on one."""

    role: str
    party_id: int
    party_name: str
    status: str
    bench: int | None = None
