"""May this person answer this seat now, and if not, exactly why: pure, and the only such check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from workflow.engine.benches import OfficeKey, appointment_at
from workflow.engine.permissions.duties import (
    Principal,
    PriorActs,
    duties,
    duties_of_principal,
    duties_of_seat,
)
from workflow.errors import ConflictOfDuties, NotAuthorised, Refusal, RoundClosed
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Dated, Phrase, Term, phrase, together
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class ActiveClaim:
    """Who has taken a seat, under which appointment, and since when."""

    person: int
    appointment: int
    name: str
    since: datetime

    def stops(self, person: int | None, appointment: int | None) -> bool:
        """Whether it keeps somebody else of the office away; a mandate shares the appointment."""
        return person != self.person and appointment != self.appointment


class NamedPerson(NamedTuple):
    """Whom an answer named to answer other rounds in person; nobody where nothing was answered yet."""

    person: int = 0
    name: str = ""


class PermissionContext(NamedTuple):
    """Everything the check looks at.

    `offices` maps each office of the person to their appointment in force today; `answered_here`
    says that the person already has a standing answer on another seat of the round;
    `waits_for` names a round that must have been heard first and has not; `comes_after` names
    those on earlier seats who have to be for it first; `decided_last` says that the round decided
    here the last time and may not do so twice running. `principal` is for whom the person would act;
    `heard` holds the round, role and party id of every answer that bars a party or an office.
    `held` is who has taken the seat; `interest` says that the person declared one, `undeclared`
    that they have to say first whether they have one; `lifted` are bars that hold them no longer.
    `awaits` says which cases under this one have to end first.
    `opens_on` is the day on which the window of the round opens again, while it is shut. `named` is
    who alone answers it, in person, where somebody is named for that.
    """

    offices: Mapping[OfficeKey, int]
    past: PriorActs
    round_open: bool
    in_state: bool
    answered_here: bool = False
    waits_for: str = ""
    comes_after: str = ""
    decided_last: bool = False
    person: int | None = None
    principal: Principal | None = None
    heard: frozenset[tuple[str, str, int]] = frozenset()
    held: ActiveClaim | None = None
    interest: bool = False
    undeclared: bool = False
    lifted: frozenset[str] = frozenset()
    opens_on: date | None = None
    awaits: Phrase | None = None
    named: NamedPerson | None = None


def not_on(footing: Footing, called: Term) -> RoundClosed:
    """The refusal of something that is not possible on a case of this footing."""
    match footing:
        case Footing.RECORD:
            return RoundClosed(
                phrase(
                    "This %(case)s is a record of what was begun elsewhere: nothing is asked or "
                    "written on it until it is taken into management.",
                    case=called,
                )
            )
        case Footing.KEPT:
            return RoundClosed(
                phrase(
                    "This %(case)s was begun elsewhere and is kept as a record only: nothing is asked "
                    "or written on it.",
                    case=called,
                )
            )
        case Footing.MANAGED:
            return RoundClosed(
                phrase(
                    "This %(case)s is managed here; what is asked of records does not concern it.",
                    case=called,
                )
            )


def deny_reasons(
    definition: Definition, spec: RoundSpec, place: SeatRef, seen: PermissionContext
) -> tuple[Refusal, ...]:
    """Every reason why this person may not answer this seat now; empty when they may."""
    return tuple(_reasons(definition, spec, place, seen))


def _reasons(
    definition: Definition, spec: RoundSpec, place: SeatRef, seen: PermissionContext
) -> Iterable[Refusal]:
    yield from _closed(spec, place, seen)
    yield from _not_theirs(definition, place, seen)
    yield from _taken(place, seen)
    if seen.named is not None and not (seen.named.person and seen.named.person == seen.person):
        yield _not_named(seen.named)
    yield from _parted(seen)
    bars = tuple(bar for bar in spec.rule.never if bar not in seen.lifted)
    yield from duties(definition, spec, bars, seen.past)
    yield from duties_of_seat(definition, bars, place, seen.heard)
    if seen.principal:
        yield from duties_of_principal(definition, spec, seen.principal)
    yield from _not_yet(seen)
    if seen.decided_last:
        yield RoundClosed(
            phrase(
                "“%(round)s” was used the last time; it may not be used twice running, so this "
                "needs a meeting.",
                round=Term(spec.label),
            )
        )


def _closed(spec: RoundSpec, place: SeatRef, seen: PermissionContext) -> Iterable[Refusal]:
    """A round that is over, or a seat that has left it, takes no answer."""
    if not (seen.round_open and seen.in_state) or place.status in ("overtaken", "recused"):
        yield RoundClosed(
            phrase(
                "The round “%(round)s” is no longer open. Nothing was recorded.",
                round=Term(spec.label),
            )
        )


def _not_theirs(
    definition: Definition, place: SeatRef, seen: PermissionContext
) -> Iterable[Refusal]:
    """A seat is answered by whoever holds its office."""
    if appointment_at(seen.offices, place) is not None:
        return
    role = Term(definition.roles[place.role].label)
    if appointment_at(seen.offices, place._replace(bench=None)) is not None:
        yield NotAuthorised(
            phrase(
                "You are the %(role)s of %(party)s on another body; this seat is on one on which "
                "you are not.",
                role=role,
                party=place.party_name,
            )
        )
    else:
        yield NotAuthorised(
            phrase(
                "This seat belongs to the %(role)s of %(party)s; you do not hold that office "
                "today.",
                role=role,
                party=place.party_name,
            )
        )


def _not_named(named: NamedPerson) -> Refusal:
    """Where somebody is named to answer in person nobody else does, not even in their name."""
    if not named.person:
        return NotAuthorised(phrase("Nobody was named to answer this yet."))
    return NotAuthorised(
        phrase(
            "%(name)s was named to answer this in person; nobody else can, not even under a mandate.",
            name=named.name,
        )
    )


def _parted(seen: PermissionContext) -> Iterable[Refusal]:
    """Whoever has answered here already, or has an interest, leaves the seat to somebody else."""
    if seen.answered_here:
        yield ConflictOfDuties(
            phrase(
                "You have already answered in this round for another seat; one person, one answer."
            )
        )
    if seen.interest:
        yield ConflictOfDuties(
            phrase("You declared an interest here; somebody else has to decide.")
        )


def _not_yet(seen: PermissionContext) -> Iterable[Refusal]:
    """What has to come before this seat is answered."""
    if seen.opens_on:
        yield RoundClosed(
            phrase(
                "This is answered within its yearly window alone; the next one opens on %(day)s.",
                day=seen.opens_on,
            )
        )
    if seen.awaits is not None:
        yield RoundClosed(together([seen.awaits]))
    if seen.waits_for:
        yield RoundClosed(
            phrase(
                "This waits until “%(waits_for)s” has been answered by everyone asked, or its time "
                "is up.",
                waits_for=Term(seen.waits_for),
            )
        )
    if seen.comes_after:
        yield RoundClosed(
            phrase(
                "This seat comes after others: %(comes_after)s must be for it first.",
                comes_after=seen.comes_after,
            )
        )
    if seen.undeclared:
        yield ConflictOfDuties(
            phrase(
                "Say first whether you have an interest in this; the papers are shown to you then."
            )
        )


def _taken(place: SeatRef, seen: PermissionContext) -> Iterable[Refusal]:
    """A seat that one holder of the office has taken is nobody else's until it is given back."""
    if seen.held is None:
        return
    own = appointment_at(seen.offices, place)
    if own is not None and seen.held.stops(seen.person, own):
        since = Dated(seen.held.since, f"{seen.held.since:%-d %B %Y, %H:%M} UTC")
        yield ConflictOfDuties(
            phrase(
                "%(holder)s has taken this seat, since %(since)s; it is theirs to answer until they "
                "give it back or hand it over.",
                holder=seen.held.name,
                since=since,
            )
        )
