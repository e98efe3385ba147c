"""Lifting a bar for one person at one seat, where the definition lets somebody, and never unseen."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import insert

from workflow.audit.events.seats import DutyOverridden
from workflow.engine.commands.command import (
    SeatCommand,
    execute,
    reason_of,
    receipt_of,
    seated_at,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.duty_models import LiftedBar
from workflow.engine.engine import Engine
from workflow.engine.permissions.authority import before_papers, office_among, the_roles
from workflow.engine.permissions.check import deny_reasons
from workflow.engine.permissions.offices import holders_of
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.signoffs import named
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import Override
from workflow.phrase import Either, phrase


@dataclass(frozen=True, slots=True)
class WaiveBar(SeatCommand):
    """The command that one bar no longer keeps one person from one seat, with the reason for it."""

    what = "lift"
    whom: int = 0
    bar: str = ""


def waive(engine: Engine, person: int, command: WaiveBar) -> Receipt:
    """Lift one bar for one holder of the office; refused wherever the definition names nobody."""
    return execute(engine, person, command, _lifted)


def _lifted(work: UnitOfWork, person: int, command: WaiveBar) -> Receipt:
    spec = spec_of(work, command.round)
    round_, seat = seated_at(work, command.round, command.seat)
    terms = spec.rule.override
    if terms is None or command.bar not in terms.bars:
        raise NotFound(phrase("This lifecycle lets nobody lift that bar."))
    role, party, acting = _lifter(work, terms, person)
    if command.whom == person:
        raise NotAuthorised(phrase("Nobody lifts a bar for themselves."))
    reason = reason_of(command.reason, phrase("Lifting a bar needs a reason."))
    if command.bar not in bars_of(work, spec, round_, seat, command.whom):
        raise Invalid(
            phrase("That bar does not keep this person from the seat."),
            {"whom": phrase("Choose again.")},
        )
    written = work.note(
        DutyOverridden(
            round=round_.key,
            turn=round_.turn,
            seat=named(seat),
            bar=command.bar,
            whom=command.whom,
            reason=reason,
        ),
        role=role,
        party=party,
        appointment=acting,
    )
    work.session.execute(
        insert(LiftedBar).values(
            case_id=work.case.id,
            seat_id=seat.id,
            person_id=command.whom,
            bar=command.bar,
            by_id=person,
            at=written.at,
            event_seq=written.seq,
        )
    )
    return receipt_of(work, written, "Bar lifted", round_.content_digest)


def _lifter(work: UnitOfWork, terms: Override, person: int) -> tuple[str, str, int]:
    today = work.now.date()
    named = office_among(work.session, work.case.id, terms.by, person, today)
    if named is None:
        roles = dict.fromkeys(work.definition.roles[seat.role].label for seat in terms.by)
        raise NotAuthorised(
            phrase("Only %(roles)s may lift this bar.", roles=Either(the_roles(roles)))
        )
    return named


def bars_of(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, seat: SeatState, person: int
) -> frozenset[str]:
    """Which bars keep this holder of the office from the seat now, of those that may be lifted."""
    found = holders_of(work.session, seat, work.now.date())
    if spec.rule.override is None or person not in {each.person for each in found}:
        return frozenset()
    return frozenset(_barring(work, spec, round_, seat, person))


def _barring(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, seat: SeatState, person: int
) -> Iterator[str]:
    """Each bar without which one reason fewer would stand."""
    seen = before_papers(work, spec, round_, seat, person)
    now = deny_reasons(work.definition, spec, seat.place, seen)
    for bar in spec.rule.override.bars if spec.rule.override else ():
        without = seen._replace(lifted=seen.lifted | {bar})
        if len(deny_reasons(work.definition, spec, seat.place, without)) < len(now):
            yield bar
