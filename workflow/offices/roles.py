"""The roles that people can be appointed to, and of which parties: what the published lifecycles ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.engine.published.precedence import counting_last
from workflow.lifecycles.children.kinds import ONE_WHO_ANSWERS
from workflow.lifecycles.definition import Definition
from workflow.people.models import Party
from workflow.people.queries import PartyLine
from workflow.phrase import Phrase, Term, phrase
from workflow.vocabulary import ADMINISTRATOR, HOUSE, OFFICERS, PROPOSER, SYSTEM

OFFICE, BOARD, AGENCY, OWNER = "office", "board", "executing_agency", "owner"
BODY = "body"
# As a lifecycle names whom it asks: pivotal countries of the areas, and countries that benefit.
INTERESTED, BENEFICIARY = "interested", "beneficiary"
COUNTRIES = frozenset({BENEFICIARY, INTERESTED, "answered", "lead", "convenor"})
ADMINISTRATORS = Term("Administrator")
# A role, and the key of the party for which somebody has it.
HeldOffice: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RoleBook:
    """What each role is called, and of whom the lifecycles ask it: an office, a board, a capacity.

    `offices` are the names of the offices by their keys.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, definitions: Iterable[Definition], subject: str = "") -> "RoleBook":
        """The roles of these versions of lifecycles, given in the order in which they were published.

        Of two words for one role counts that of the lifecycle offered first, as on every page, and
        within a lifecycle that of its newest version; those about `subject` count more than others.
        """
        labels: dict[str, str] = {}
        asked: dict[str, set[str]] = {}
        every = tuple(counting_last(definitions, subject))
        speaking = _speaking(every)
        for definition in every:
            labels |= {key: role.label for key, role in definition.roles.items() if key != SYSTEM}
            below = definition.key in speaking
            proposers = speaking.get(definition.key, {PROPOSER})
            for spec in definition.rounds.values():
                for seat in (*spec.rule.seats, *spec.opened_by):
                    whom = proposers if seat.of == PROPOSER else {seat.of} - {OWNER}
                    if seat.role in OFFICERS and PROPOSER in whom:
                        whom = {f"{OFFICE}:{HOUSE}"}
                    asked.setdefault(seat.role, set()).update(
                        () if below and seat.of == PROPOSER and seat.when else whom
                    )
        labels[ADMINISTRATOR] = ADMINISTRATORS
        asked[ADMINISTRATOR] = {f"{OFFICE}:{HOUSE}"}
        return cls(labels, {role: frozenset(whom) for role, whom in asked.items()})

    def faults(
        self, role: str, party: PartyLine, beside: Iterable[HeldOffice]
    ) -> dict[str, Phrase]:
        """Why nobody who holds the offices `beside` can have this one for `party`, by field."""
        if role not in self.labels:
            return {"role": phrase("There is no role called %(role)s.", role=f"{role!r:.60}")}
        whom = self.asked.get(role, frozenset())
        if whom and not any(_suits(each, party) for each in whom):
            said = phrase(
                "Nobody can be %(role)s for %(party)s: this role is asked of %(whom)s.",
                role=Term(self.labels[role]),
                party=party.name,
                whom=tuple(sorted({_spoken(each, self.offices) for each in whom}, key=str)),
            )
            return {"party": said}
        if any(self._judges_itself((role, party.key), other) for other in beside):
            return {
                "role": phrase(
                    "Who works for the house does not sit on a board that decides on its work."
                )
            }
        return {}

    def bodies(self, role: str, party: str) -> frozenset[str]:
        """The kinds of bodies that a role of a party is an office of; of none where it is asked otherwise.

        What the lifecycles ask of the offices of other parties is not asked of this one.
        """
        own = f"{OFFICE}:{party}"
        asked = self.asked.get(role, frozenset())
        kinds = {_kind(each) for each in asked if _head(each) != OFFICE or each == own}
        return frozenset() if "" in kinds else frozenset(kinds)

    def chairs(self, role: str) -> bool:
        """Whether a role is asked of whoever has the chair of a body, and of nobody else there."""
        seats = [each for each in self.asked.get(role, ()) if _kind(each)]
        return bool(seats) and all(each.endswith(":chair") for each in seats)

    def _judges_itself(self, office: HeldOffice, other: HeldOffice) -> bool:
        pair = (office, other)
        return any(self._of_board(a) and self._of_house(b) for a, b in (pair, pair[::-1]))

    def _of_board(self, office: HeldOffice) -> bool:
        return any(_head(each) == BOARD for each in self.asked.get(office[0], ()))

    def _of_house(self, office: HeldOffice) -> bool:
        """Whether an office is one of the house's own: a committee asks the same role of countries."""
        role, party = office
        return party == HOUSE and f"{OFFICE}:{HOUSE}" in self.asked.get(role, ())


def _speaking(definitions: Iterable[Definition]) -> dict[str, set[str]]:
    """By the lifecycle of child cases: which parties propose them, as those say that open them.

    Whoever answered, and whom a text names, may be any party: it asks a role of nobody more. Nor does a
    seat of a child case that is asked only where its party is of some kind.
    """
    speaking: dict[str, set[str]] = {}
    for kind in (kind for each in definitions for kind in each.children.values()):
        known = speaking.setdefault(kind.lifecycle, set())
        if kind.speaks != ONE_WHO_ANSWERS and ":" not in kind.speaks:
            known.add(kind.speaks or kind.for_each or PROPOSER)
    return speaking


def role_book(session: Session, engine: Engine) -> RoleBook:
    """The roles of every lifecycle that was ever published; running cases keep to theirs."""
    published = session.scalars(select(DefinitionVersion.id).order_by(DefinitionVersion.id))
    read = (engine.definition(number, session) for number in published.all())
    return RoleBook.of(read, engine.domain.subject)


def naming_role_book(session: Session, engine: Engine) -> RoleBook:
    """The same for whoever is told of whom a role is asked, with what the offices are called."""
    named = select(Party.key, Party.name).where(Party.kind == OFFICE)
    return replace(role_book(session, engine), offices=dict(session.execute(named).all()))


def _kind(of: str) -> str:
    """The kind of body on which a seat is that is asked so; nothing where it is on none."""
    head, _, rest = of.partition(":")
    return {BOARD: BOARD, BODY: rest.partition(":")[0]}.get(head, "")


def _head(of: str) -> str:
    return of.partition(":")[0]


def _suits(of: str, party: PartyLine) -> bool:
    """Whether a seat that is asked so can be the party's."""
    head, _, key = of.partition(":")
    if head == OFFICE:
        return party.key == key
    if head in COUNTRIES:
        return party.kind == "country"
    if head == AGENCY:
        return party.kind not in {"country", "office"}
    return party.kind != "office"


def _spoken(of: str, offices: Mapping[str, str]) -> Phrase:
    head, _, key = of.partition(":")
    if head == OFFICE:
        return phrase("the office %(key)s", key=offices.get(key, key))
    if head in COUNTRIES:
        return phrase("a country")
    if head == AGENCY:
        return phrase("an agency")
    if head == PROPOSER:
        return phrase("who proposes")
    return phrase("a country or an organisation")
