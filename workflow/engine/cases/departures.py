"""Rounds that open by themselves as a party leaves a case and too few of its kind are left."""

from collections.abc import Collection, Mapping

from workflow.engine import round_state
from workflow.engine.permissions.participants import would_ask
from workflow.engine.rounds import new_rounds
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.decision import Decision
from workflow.engine.rounds.signoffs import record_signoff, settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.next_steps import is_timer


def open_left(work: UnitOfWork, left: Mapping[str, int]) -> None:
    """Open what opens as parties leave; `left` says by the part that somebody gave up how many have it still.

    One that only the engine answers is answered and settled at once.
    """
    state, footing = work.case.state, work.case.footing
    for spec in work.definition.rounds_in(state, footing):
        if spec.opens is not Opens.AS_PARTIES_LEAVE or spec.fewer is None:
            continue
        too_few = left.get(spec.fewer.of, spec.fewer.than) < spec.fewer.than
        if too_few and not _open(work, spec) and _asks_somebody(work, spec):
            _ask(work, spec)
        if work.case.state != state:
            return


def _open(work: UnitOfWork, spec: RoundSpec) -> bool:
    running: Collection[round_state.RoundState] = round_state.open_rounds(
        work.session, work.case.id
    )
    return any(each.key == spec.key for each in running)


def _asks_somebody(work: UnitOfWork, spec: RoundSpec) -> bool:
    return is_timer(spec) or bool(would_ask(work.session, work.case.id, spec, work.now.date()))


def _ask(work: UnitOfWork, spec: RoundSpec) -> None:
    round_ = new_rounds.open_round(work, spec)
    if not is_timer(spec):
        return
    answer = Decision(
        ref=work.case.ref,
        round=spec.key,
        verdict=spec.at_due,
        seen_version=work.case.version,
        key="",
    )
    for seat in round_.seats:
        record_signoff(work, round_, seat, answer, None)
        round_ = round_.answered(seat, spec.at_due, None)
    settle_if_decided(work, spec, round_, reading_of(spec, round_, work.now))
