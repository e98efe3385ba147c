"""Who may answer a seat, asked of everybody who holds its office with the one permission check."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.benches import AskedPlace, OfficeKey, asked
from workflow.engine.permissions.context import Acting, RoundContext
from workflow.engine.permissions.offices import OfficeHolder, holders_and_delegates
from workflow.engine.permissions.prior_acts import Pasts, pasts
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who holds the offices that a case asks, and what each of them did in it before."""

    holders: Mapping[OfficeKey, tuple[OfficeHolder, ...]]
    past: Pasts

    def who_can(
        self, round_context: RoundContext, seat: int | None, place: SeatRef
    ) -> tuple[str, ...]:
        """The names of those who may answer the seat, once no case under it and no window holds it up."""
        free = round_context._replace(awaits=None, opens_on=None)
        return tuple(
            holder.name if holder.mandate is None else f"{holder.name} (for {holder.mandate.name})"
            for holder in self.able(free, seat, place)
        )

    def able(
        self, round_context: RoundContext, seat: int | None, place: SeatRef
    ) -> tuple[OfficeHolder, ...]:
        """Those who may answer the seat now, in an office of their own or for whoever holds it."""
        return tuple(
            holder
            for holder in self.holders.get(asked(place), ())
            if _reaches(round_context, seat, holder)
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
        """Every reason why `person` may not answer the seat as `holder`, or as nobody.

        That an interest is to be declared first bars nobody from coming to declare it.
        """
        offices = {} if holder is None else {asked(place): holder.appointment}
        acting = Acting(person, offices, holder.mandate if holder is not None else None)
        return sentences(round_context, seat, place, acting, self.past)


def sentences(
    round_context: RoundContext, seat: int | None, place: SeatRef, acting: Acting, past: Pasts
) -> tuple[Phrase, ...]:
    """Every reason, in words, why somebody may not come to the seat; empty when they may."""
    seen = round_context.seen(seat, place, acting, past)._replace(undeclared=False)
    return tuple(each.said for each in round_context.deny_reasons(place, seen))


def first_free(
    round_context: RoundContext,
    seat: int | None,
    place: SeatRef,
    ways: Sequence[Acting],
    past: Pasts,
) -> tuple[Acting, tuple[Phrase, ...]]:
    """The first of the ways to act that nothing bars, or else the first with what bars it."""
    found = [(way, sentences(round_context, seat, place, way, past)) for way in ways]
    return next((each for each in found if not each[1]), found[0])


def _reaches(round_context: RoundContext, seat: int | None, holder: OfficeHolder) -> bool:
    """Whether a mandate is for this seat; one for initiatives is never given."""
    return holder.mandate is None or (
        seat is not None and holder.mandate.covers(round_context.ref, round_context.spec.key)
    )


def candidates_for(
    session: Session, case_id: int, offices: Collection[AskedPlace], person: int, today: date
) -> Candidates:
    """Everybody who holds one of `offices`, and `person`, with their past in the case."""
    found = holders_and_delegates(session, offices, today)
    everybody = {person, *(each.person for group in found.values() for each in group)}
    everybody |= {each.mandate.principal for g in found.values() for each in g if each.mandate}
    return Candidates(found, pasts(session, [case_id], everybody))
