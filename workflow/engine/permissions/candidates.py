"""Who may answer a seat, asked of many people or many cases at once with the one permission check."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import Document, Round, SignOff
from workflow.engine.permissions.check import PermissionContext, Principal, PriorActs, deny_reasons
from workflow.engine.permissions.claims import NOTHING_HELD, SeatStatus
from workflow.engine.permissions.mandates import ActiveMandate, given_for
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import SeatRef
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person
from workflow.phrase import Phrase

Office = tuple[str, int]
NOTHING = PriorActs()


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Somebody who holds an office today."""

    person: int
    name: str
    appointment: int
    mandate: ActiveMandate | None = None


@dataclass(frozen=True, slots=True)
class RoundContext:
    """What is the same for everybody who looks at one round of a case.

    `answered` maps a seat to those whose answer stands there: who gave it, and in whose name;
    `turns` one to those who come before it.
    """

    definition: Definition
    spec: RoundSpec
    round_open: bool
    in_state: bool
    answered: Mapping[int, Collection[int | None]]
    waits_for: str = ""
    turns: Mapping[int, str] = field(default_factory=dict)
    decided_last: bool = False
    ref: str = ""
    heard: frozenset[tuple[str, str, int]] = frozenset()
    seat_status: SeatStatus = NOTHING_HELD

    def answered_by(self, person: int, seat: int | None) -> bool:
        """Whether an answer of the person stands on another seat of the round."""
        return any(person in who and at != seat for at, who in self.answered.items())


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who holds the offices that a case asks, and what each of them did in it before."""

    holders: Mapping[Office, tuple[OfficeHolder, ...]]
    pasts: Mapping[int, PriorActs]

    def past(self, person: int) -> PriorActs:
        """What `person` did in the case before."""
        return self.pasts.get(person, NOTHING)

    def who_can(
        self, round_context: RoundContext, seat: int | None, place: SeatRef
    ) -> tuple[str, ...]:
        """The names of those who may answer the seat now."""
        return tuple(
            holder.name if holder.mandate is None else f"{holder.name} (for {holder.mandate.name})"
            for holder in self.holders.get((place.role, place.party_id), ())
            if _reaches(round_context, seat, holder.mandate)
            and not self.barred(round_context, seat, place, holder.person, holder)
        )

    def barred(
        self,
        round_context: RoundContext,
        seat: int | None,
        place: SeatRef,
        person: int,
        holder: OfficeHolder | None,
    ) -> tuple[Phrase, ...]:
        """Every reason why `person` may not answer the seat as `holder`, or as nobody."""
        offices = {} if holder is None else {(place.role, place.party_id): holder.appointment}
        mandate = holder.mandate if holder is not None else None
        behind = (
            principal(round_context, seat, mandate, self.past(mandate.principal))
            if mandate
            else None
        )
        return barred(round_context, seat, place, person, offices, self.past(person), behind)


def principal(
    round_context: RoundContext, seat: int | None, mandate: ActiveMandate, past: PriorActs | None
) -> Principal:
    """Whom the mandate is from, with what bars them here."""
    answered = round_context.answered_by(mandate.principal, seat)
    interest = round_context.seat_status.interest(seat, mandate.principal)
    return Principal(mandate.name, past or NOTHING, answered, interest)


def _reaches(round_context: RoundContext, seat: int | None, mandate: ActiveMandate | None) -> bool:
    """Whether a mandate is for this seat; one for initiatives is never given."""
    return mandate is None or (
        seat is not None and mandate.covers(round_context.ref, round_context.spec.key)
    )


def candidates_for(
    session: Session, case_id: int, offices: Collection[Office], person: int, today: date
) -> Candidates:
    """Everybody who holds one of `offices`, and `person`, with their past in the case."""
    found = holders(session, offices, today)
    for mandate, name in given_for(session, offices, today):
        delegate = OfficeHolder(mandate.person, name, mandate.appointment, mandate)
        found[mandate.office] = (*found.get(mandate.office, ()), delegate)
    everybody = {person, *(each.person for group in found.values() for each in group)}
    everybody |= {each.mandate.principal for g in found.values() for each in g if each.mandate}
    done = pasts(session, [case_id], everybody)
    return Candidates(found, {someone: past for (_, someone), past in done.items()})


# What is asked of everybody alike, and then of this person.
def barred(  # noqa: PLR0917
    round_context: RoundContext,
    seat: int | None,
    place: SeatRef,
    person: int,
    offices: dict[Office, int],
    past: PriorActs,
    behind: Principal | None = None,
) -> tuple[Phrase, ...]:
    """Every reason, in words, why `person` may not answer the seat; empty when they may."""
    seen = PermissionContext(
        offices=offices,
        past=past,
        round_open=round_context.round_open,
        in_state=round_context.in_state,
        answered_here=round_context.answered_by(person, seat),
        waits_for=round_context.waits_for,
        comes_after=round_context.turns.get(seat or 0, ""),
        decided_last=round_context.decided_last,
        principal=behind,
        heard=round_context.heard,
        person=person,
        held=round_context.seat_status.held.get(seat or 0),
        interest=round_context.seat_status.interest(seat, person),
        lifted=round_context.seat_status.bars(seat, person),
    )
    return tuple(
        each.said
        for each in deny_reasons(round_context.definition, round_context.spec, place, seen)
    )


def holders(
    session: Session, offices: Collection[Office], today: date
) -> dict[Office, tuple[OfficeHolder, ...]]:
    """Who holds each of `offices` today, by name; those without access are left out."""
    rows = session.execute(
        select(Appointment.role, Appointment.party_id, Person.id, Person.name, Appointment.id)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            tuple_(Appointment.role, Appointment.party_id).in_(sorted(offices)),
            in_force(today),
            Person.disabled_at.is_(None),
        )
        .order_by(Appointment.role, Appointment.party_id, Person.name)
    ).all()
    return {
        office: tuple(OfficeHolder(*row[2:]) for row in group)
        for office, group in groupby(rows, key=lambda row: (row[0], row[1]))
    }


def pasts(
    session: Session, cases: Collection[int], people: Collection[int]
) -> dict[tuple[int, int], PriorActs]:
    """What each of `people` did in each of `cases`, as (case, person) to past."""
    signed = (
        select(literal("signed"), SignOff.case_id, SignOff.person_id, Round.key)
        .join(Round, Round.id == SignOff.round_id)
        .where(SignOff.case_id.in_(cases), SignOff.person_id.in_(people))
    )
    through = (
        select(literal("signed"), SignOff.case_id, Appointment.person_id, Round.key)
        .join(Round, Round.id == SignOff.round_id)
        .join(Appointment, Appointment.id == SignOff.appointment_id)
        .where(
            SignOff.case_id.in_(cases),
            SignOff.mandate_id.is_not(None),
            Appointment.person_id.in_(people),
        )
    )
    wrote = select(literal("wrote"), Document.case_id, Document.person_id, Document.kind).where(
        Document.case_id.in_(cases), Document.person_id.in_(people)
    )
    found: dict[tuple[int, int], dict[str, set[str]]] = {}
    rows: Iterable[Any] = session.execute(union_all(signed, through, wrote))
    for how, case, person, what in rows:
        found.setdefault((case, person), {"signed": set(), "wrote": set()})[how].add(what)
    return {key: _past(done) for key, done in found.items()}


def _past(done: Mapping[str, Iterable[str]]) -> PriorActs:
    return PriorActs(signed=frozenset(done["signed"]), wrote=frozenset(done["wrote"]))
