"""What would follow if a member left: by the rules in force and today's programmes; nothing is announced by looking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import Round, Seat
from workflow.lead_groups.led import LedLine
from workflow.ledger.models import MoneyPayment
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.next_steps import is_timer
from workflow.phrase import Phrase, Term, phrase
from workflow.programmes.lead_groups.changes import FEWEST
from workflow.reference import reference

LEAD, CONVENOR = "lead", "convenor"


@dataclass(frozen=True, slots=True)
class Departure:
    """What follows if one member leaves, or any two: for the group, for its programmes, and what is owed meanwhile.

    `iso3` is empty for two; `ends` says that no group is left.
    """

    iso3: str
    ends: bool
    group: tuple[Phrase, ...]
    programmes: tuple[Phrase, ...]
    owed: tuple[Phrase, ...]


def departures(
    session: Session,
    parties: Mapping[int, str],
    convenor: int | None,
    following: Sequence[int],
    programmes: Sequence[LedLine],
    *,
    inside: bool,
) -> tuple[Departure, ...]:
    """One for each member, and one for two at once where more than two lead.

    What is owed is said to whoever is `inside`: members and the house.
    """
    seats = _open_seats(session, programmes)
    payments = _payments(session, programmes) if inside else {}
    found = []
    for party, iso3 in parties.items():
        left = len(parties) - 1
        group = tuple(_group(party, parties, convenor, following, left))
        convenes = party == convenor and left < FEWEST
        below = [said for line in programmes for said in _programme(line, left, convenes=convenes)]
        taken = (
            phrase(
                "Its seat in “%(round)s” of %(programme)s is taken back.",
                round=Term(label),
                programme=line.title,
            )
            for line in programmes
            for label in seats.get((line.id, party), ())
        )
        owed = tuple(payments.get(party, ()))
        found.append(Departure(iso3, left < FEWEST, group, (*below, *taken), owed))
    if len(parties) > FEWEST:
        found.append(_two(len(parties), programmes))
    return tuple(found)


def _group(
    party: int,
    parties: Mapping[int, str],
    convenor: int | None,
    following: Sequence[int],
    left: int,
) -> Iterator[Phrase]:
    if left < FEWEST:
        yield phrase("One country does not lead alone: the group ends.")
        return
    if party == convenor and following:
        yield phrase("%(country)s convenes at once.", country=_name(parties[following[0]]))
    elif party != convenor:
        yield phrase("The convenor stays; the chair no longer comes to it.")
    yield phrase("%(number)s countries are left, and that is enough.", number=left)


def _programme(line: LedLine, left: int, *, convenes: bool) -> Iterator[Phrase]:
    """What the lifecycle of a programme opens by itself as this many are left."""
    counts = {LEAD: left, **({CONVENOR: 0} if convenes else {})}
    opening = [spec for spec in _as_parties_leave(line) if _too_few(spec, counts)]
    for spec in opening:
        targets = [to for target in spec.outcomes.values() for to in target.every() if to.state]
        if is_timer(spec) and targets:
            state = line.definition.states[targets[0].state or ""]
            yield phrase(
                "%(programme)s goes back to “%(state)s”.",
                programme=line.title,
                state=Term(state.label),
            )
        else:
            yield phrase(
                "“%(round)s” opens in %(programme)s: whoever is left may convene, and else the Special Unit does.",
                round=Term(spec.label), programme=line.title,
            )  # fmt: skip
    if left < FEWEST and not opening:
        yield phrase("%(programme)s goes on with who is left.", programme=line.title)


def _two(number: int, programmes: Sequence[LedLine]) -> Departure:
    left = number - 2
    ends = left < FEWEST
    said = (
        phrase("One country does not lead alone: the group ends.")
        if ends
        else phrase("%(number)s countries are left, and that is enough.", number=left)
    )
    below = [said for line in programmes for said in _programme(line, left, convenes=ends)]
    return Departure("", ends, (said,), tuple(below), ())


def _as_parties_leave(line: LedLine) -> Iterator[RoundSpec]:
    for spec in line.definition.rounds_in(line.state.key):
        if spec.opens is Opens.AS_PARTIES_LEAVE:
            yield spec


def _too_few(spec: RoundSpec, counts: Mapping[str, int]) -> bool:
    return spec.fewer is not None and counts.get(spec.fewer.of, spec.fewer.than) < spec.fewer.than


def _open_seats(
    session: Session, programmes: Sequence[LedLine]
) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """By programme and party, what the rounds are called in which it is asked as one that leads."""
    lines = {line.id: line for line in programmes}
    rows = session.execute(
        select(Round.case_id, Round.key, Seat.party_id)
        .join(Seat, Seat.round_id == Round.id)
        .where(Round.case_id.in_(list(lines)), Round.status == "open", Seat.status == "open")
        .order_by(Round.id)
    )
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for row in rows:
        spec = lines[row.case_id].definition.rounds[row.key]
        if any(seat.of in (LEAD, CONVENOR) for seat in spec.rule.seats):
            place = row.case_id, row.party_id
            found[place] = (*found.get(place, ()), spec.label)
    return found


def _payments(session: Session, programmes: Sequence[LedLine]) -> Mapping[int, tuple[Phrase, ...]]:
    """By party, what it is still to pay in these programmes: that stays owed by it."""
    rows = session.execute(
        select(
            MoneyPayment.source_id, MoneyPayment.currency, MoneyPayment.amount,
            MoneyPayment.due_on, MoneyPayment.case_id,
        )
        .where(MoneyPayment.case_id.in_([line.id for line in programmes]), MoneyPayment.open)
        .order_by(MoneyPayment.due_on, MoneyPayment.id)
    )  # fmt: skip
    titles = {line.id: line.title for line in programmes}
    found: dict[int, tuple[Phrase, ...]] = {}
    for row in rows:
        said = phrase(
            "%(currency)s %(amount)s, due on %(day)s in %(programme)s, stays owed.",
            currency=row.currency, amount=f"{row.amount:,f}", day=row.due_on,
            programme=titles[row.case_id],
        )  # fmt: skip
        found[row.source_id] = (*found.get(row.source_id, ()), said)
    return found


def _name(iso3: str) -> str:
    known = reference().countries.get(iso3)
    return known.name if known else iso3
