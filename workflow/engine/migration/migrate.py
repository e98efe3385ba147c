"""Moving open cases to another version: each as its plan says, or refused with every reason there is."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Never

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.cases import CaseMigrated, RenamedState
from workflow.audit.trail import Written
from workflow.engine import round_state
from workflow.engine.cases import schedules
from workflow.engine.commands.settle_due import catch_up
from workflow.engine.engine import Engine
from workflow.engine.migration import below, continuation, told
from workflow.engine.migration.case_record import standing_case
from workflow.engine.migration.continuation import RoundGoingOn
from workflow.engine.migration.wish import CaseSeen, MigratedCase, Migration
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import new_rounds, reminders, time_acts
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.signoffs import settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork, lock_case, refuse_stale
from workflow.errors import Incomplete, Invalid, NotAuthorised, Refusal
from workflow.free_text import LONGEST_REASON
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.difference.obstacles import obstacles, unknown_keys
from workflow.lifecycles.next_steps import said
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.appointments import in_force
from workflow.people.models import Appointment
from workflow.phrase import Phrase, phrase
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import ADMINISTRATOR, AT_TERMINAL, HOUSE, TERMINAL


class _TriedOnly(Exception):
    """Ends a transaction in which something was only tried, so that nothing of it is kept."""


def rehearse(
    engine: Engine, wanted: Sequence[CaseSeen], migration: Migration
) -> tuple[MigratedCase, ...]:
    """How each case would come out; it is tried as it would be done, and nothing of it is kept."""
    return tuple(_tried(engine, each, migration) for each in wanted)


def migrate_each(
    engine: Engine, wanted: Sequence[CaseSeen], migration: Migration
) -> tuple[MigratedCase, ...]:
    """Move each case for itself; one that cannot be moved stays as it is, and says why."""
    refuse_unpublished(migration)
    found = []
    for each in wanted:
        try:
            with engine.writing() as under_way:
                found.append(_moved(engine, under_way, each, migration))
        except Refusal as refused:
            found.append(_refused(each, refused))
    return tuple(found)


def migrate_all(
    engine: Engine, wanted: Sequence[CaseSeen], migration: Migration
) -> tuple[MigratedCase, ...]:
    """Move all of the cases, or none of them where one cannot be moved; then each that cannot says why."""
    try:
        with engine.writing() as under_way:
            return move_together(engine, under_way, wanted, migration)
    except Refusal:
        tried = rehearse(engine, sorted(wanted, key=attrgetter("ref")), migration)
        if all(each.moves for each in tried):
            raise
        return tried


def move_together(
    engine: Engine, under_way: Transaction, wanted: Sequence[CaseSeen], migration: Migration
) -> tuple[MigratedCase, ...]:
    """Move all of the cases within a transaction, in the order of their references; refuses the first that cannot."""
    refuse_unpublished(migration)
    in_order = sorted(wanted, key=attrgetter("ref"))
    return tuple(_moved(engine, under_way, each, migration) for each in in_order)


def _tried(engine: Engine, seen: CaseSeen, migration: Migration) -> MigratedCase:
    found: list[MigratedCase] = []
    try:
        with engine.writing() as under_way:
            found.append(_moved(engine, under_way, seen, migration))
            _forget()
    except _TriedOnly:
        return found[0]
    except Refusal as refused:
        return _refused(seen, refused)


def _forget() -> Never:
    raise _TriedOnly


def _refused(seen: CaseSeen, refused: Refusal) -> MigratedCase:
    reasons = refused.missing if isinstance(refused, Incomplete) else (refused.said,)
    return MigratedCase(seen.ref, seen.version or 0, reasons=reasons)


def refuse_unpublished(migration: Migration) -> None:
    """Refuse what can be rehearsed alone, and what is to be done for no reason."""
    if migration.number is None:
        raise Invalid(phrase("Publish this version first; until then it can be rehearsed."))
    if migration.by is None:
        raise NotAuthorised(phrase("Say which administrator moves them."))
    if not 1 <= len(migration.why) <= LONGEST_REASON:
        said = phrase("Say why, in at most %(most)s letters.", most=LONGEST_REASON)
        raise Invalid(said, {"reason": said})


def _moved(
    engine: Engine, under_way: Transaction, seen: CaseSeen, migration: Migration
) -> MigratedCase:
    """Move one case; refuses a stranger, a case that has moved on, and one that has no place there."""
    appointment = _office(under_way.session, engine, migration.by)
    case = lock_case(under_way, seen.ref)
    old = engine.definition_of(under_way, case.definition_id)
    work = UnitOfWork(under_way, case, old, migration.by, engine.now())
    catch_up(work, round_state.open_rounds(work.session, case.id))
    if seen.version is not None:
        refuse_stale(case, seen.version)
    rounds = round_state.of_case(work.session, case.id)
    _refuse(work, _pure(work, rounds, migration))
    was, version = old.states[case.state].label, case.version
    stood = _standing(work, migration)
    found = _go_on(work, rounds, migration)
    _refuse(work, [why for each in found for why in continuation.obstacles(work, each)])
    written = _note(work, found, migration, appointment, old)
    _write(work, found, written)
    opens = (*_open(work, stood), *below.opened(work, old, migration.mapping))
    schedules.drop_others(work)
    schedules.plan(work, since=work.now)
    settles = _settle(work)
    if work.case.stage != "end" and not continuation.waits_for_somebody(work):
        _refuse(work, [phrase("Nothing would be asked of anybody any more.")])
    work.close()
    label = migration.to.states[work.case.state].label
    return MigratedCase(
        seen.ref, version, label, was,
        tuple(continuation.outlook(each) for each in found if each.is_open), opens, settles,
        below.left_alone(work),
    )  # fmt: skip


def _office(session: Session, engine: Engine, person: int | None) -> int | None:
    """The appointment under which an administrator acts, where somebody does; refuses everybody else."""
    if person is None:
        return None
    now = engine.now()
    refuse_all_but_administrators(session, person, now)
    held = select(Appointment.id).where(
        Appointment.person_id == person, Appointment.role == ADMINISTRATOR, in_force(now.date())
    )
    found = session.scalars(held.order_by(Appointment.id)).first()
    if found is None:
        raise NotAuthorised(phrase("Only an administrator moves cases."))
    return found


def _pure(work: UnitOfWork, rounds: Sequence[RoundState], migration: Migration) -> Iterator[Phrase]:
    """What the definitions alone say against it."""
    old, new = work.definition, migration.to
    yield from unknown_keys(old, new, migration.mapping)
    standing = standing_case(work.session, work.case, rounds)
    yield from obstacles(old, new, standing, migration.mapping)


def _refuse(work: UnitOfWork, reasons: Iterator[Phrase] | Sequence[Phrase]) -> None:
    found = tuple(dict.fromkeys(reasons))
    if found:
        raise Incomplete(phrase("%(ref)s cannot be moved.", ref=work.case.ref), found)


def _go_on(
    work: UnitOfWork, rounds: Sequence[RoundState], migration: Migration
) -> tuple[RoundGoingOn, ...]:
    """Put the case on the new definition, with its rounds under the keys that they have there."""
    old, new, mapping = work.definition, migration.to, migration.mapping
    case = work.case
    specs = {each.id: new.rounds[mapping.round(each.key)] for each in rounds}
    turns = _turns(rounds, specs)
    named = [
        RoundGoingOn(e, old.rounds.get(e.key, specs[e.id]), specs[e.id], turns[e.id], e.due_at)
        for e in rounds
    ]
    work.definition = new
    case.definition_id = migration.number or case.definition_id
    case.state = mapping.state(case.state)
    case.stage = new.states[case.state].stage.value
    continuation.rename(work, named, dict(mapping.states))
    return tuple(
        continuation.going_on(work, each.round_, each.before, each.spec, each.turn)
        for each in named
    )


def _turns(rounds: Sequence[RoundState], specs: dict[int, RoundSpec]) -> dict[int, int]:
    """Which opening of its round each is: counted anew only where two become one, of which an open one is the last."""
    found: dict[int, int] = {}
    by_key = sorted(rounds, key=lambda e: (specs[e.id].key, e.status == "open", e.id))
    for _, group in groupby(by_key, key=lambda each: specs[each.id].key):
        alike = list(group)
        anew = len({each.key for each in alike}) > 1
        found |= {each.id: at if anew else each.turn for at, each in enumerate(alike, 1)}
    return found


def _note(
    work: UnitOfWork,
    found: Sequence[RoundGoingOn],
    migration: Migration,
    appointment: int | None,
    old: Definition,
) -> Written:
    states = {
        **{each.round_.state: migration.mapping.state(each.round_.state) for each in found},
        **migration.mapping.states,
    }
    at_terminal = work.session.info.get(AT_TERMINAL)
    return work.note(
        CaseMigrated(
            before=old.digest,
            definition=migration.to.digest,
            state=work.case.state,
            stage=work.case.stage,
            states=tuple(
                RenamedState(before=before, now=now)
                for before, now in sorted(states.items())
                if before != now
            ),
            rounds=tuple(continuation.as_told(work, each) for each in found if each.told),
            version=work.next_version(),
            via=TERMINAL if at_terminal else None,
            request=migration.request,
            asked_by=migration.asked_by,
            reason=migration.why,
        ),
        role=ADMINISTRATOR,
        party=HOUSE,
        appointment=appointment,
    )


def _write(work: UnitOfWork, found: Sequence[RoundGoingOn], written: Written) -> None:
    """Write what becomes of each open round, and tell those whose move it is."""
    for each in found:
        if not each.is_open:
            continue
        continuation.write_seats(work, each)
        if not each.round_.paused_for:
            reminders.lay_anew(work, each.before, each.spec, each.round_.id, each.due_at)
        time_acts.keep(work, each.spec, each.round_.id)
    told.tell(work, tuple(found), written)


def _standing(work: UnitOfWork, migration: Migration) -> frozenset[str]:
    """The rounds that opened as the case entered its state, under the keys that they will have."""
    here = work.definition.rounds_in(work.case.state, work.case.footing)
    return frozenset(
        migration.mapping.round(spec.key) for spec in here if spec.opens is Opens.ON_ENTRY
    )


def _open(work: UnitOfWork, stood: frozenset[str]) -> tuple[str, ...]:
    """Open what stands in the state by the new version alone, and was never asked there."""
    case = work.case
    asked = {e.key for e in round_state.of_case(work.session, case.id) if e.state == case.state}
    specs = [
        spec
        for spec in work.definition.rounds_in(case.state, case.footing)
        if spec.opens is Opens.ON_ENTRY and spec.key not in asked | stood
    ]
    new_rounds.open_rounds(work.of_nobody(), specs)
    return tuple(spec.label for spec in specs)


def _settle(work: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """Settle what the answers given settle under the new rules."""
    found = []
    for each in round_state.open_rounds(work.session, work.case.id):
        round_ = round_state.by_id(work.session, each.id)
        if round_.status != "open" or round_.paused_for:
            continue
        spec = work.definition.rounds[round_.key]
        nobody = work.of_nobody()
        came = settle_if_decided(nobody, spec, round_, reading_of(spec, round_, work.now))
        if came.outcome is not None:
            found.append((spec.label, said(spec, came.outcome)))
    return tuple(found)
