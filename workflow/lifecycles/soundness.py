"""Soundness: whether every case of a definition can begin, go on and come to an end.

A definition has few states and few rounds in each, so all that can happen is walked through;
whatever is found comes with a way there.
"""

from collections.abc import Iterator

from workflow.errors import Fault
from workflow.lifecycles import reachability
from workflow.lifecycles.conditional import emptiness
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.parentage import capacities, dead_ends, waits
from workflow.lifecycles.reachability import CasePosition, Walk, comes_by_itself, walk, walk_records
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import Footing


def faults(definition: Definition) -> tuple[Fault, ...]:
    """What keeps `definition` from being sound."""
    misplaced = (*_misplaced(definition), *_waiting_elsewhere(definition))
    if misplaced:
        return misplaced
    try:
        return _of_ways(definition)
    except reachability.TooManyWays as refused:
        return (Fault("rounds", refused.said),)


def _of_ways(definition: Definition) -> tuple[Fault, ...]:
    walked, records = walk(definition), walk_records(definition)
    return (
        *_unreachable(definition, walked),
        *_never_open(definition, walked),
        *_never_open(definition, records, Footing.RECORD),
        *_endless(definition, walked),
        *_endless(definition, records),
        *_forgotten(walked),
        *_opened_twice(walked),
        *_opened_twice(records),
        *_answered_too_early(definition),
        *_unwritten(definition, walked),
        *_checked_too_early(definition, walked),
        *emptiness.faults(definition),
        *waits.faults(definition, walked),
        *dead_ends.of_conditions(definition),
    )


def warnings(definition: Definition) -> tuple[Fault, ...]:
    """What `definition` asks of the house that may be more than it has: others who can answer."""
    return (
        *_second_people(definition),
        *_nobody_left(definition),
        *capacities.warnings(definition),
    )


def _second_people(definition: Definition) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            f"rules.{spec.rule.key}.never",
            phrase(
                "needs at least two people as %(role)s of %(of)s: whoever answered '%(earlier)s' "
                "may not answer '%(round)s'",
                role=role,
                of=of,
                earlier=earlier,
                round=spec.key,
            ),
        )
        for spec in definition.rounds.values()
        for earlier in _signed_before(definition, spec)
        for role, of in sorted(_deciders(spec) & _deciders(definition.rounds[earlier]))
    )


def _nobody_left(definition: Definition) -> Iterator[Fault]:
    """A bar on the very parties or offices that an earlier round always hears bars everybody.

    Lifting a bar frees somebody from it, so it is no warning where the definition lets somebody.
    """
    for spec in definition.rounds.values():
        freed = spec.rule.override.bars if spec.rule.override else ()
        for bar in spec.rule.never:
            whose, _, earlier = bar.partition(":signed:")
            if whose not in {"party", "office"} or bar in freed:
                continue
            heard = definition.rounds[earlier].rule.seats
            asked = [seat for seat in spec.rule.seats if seat.part is Part.DECIDES]
            left = [seat for seat in asked if not _hears(heard, seat, whole_party=whose == "party")]
            if asked and not left and not _way_without(definition, spec, earlier):
                yield Fault(
                    f"rules.{spec.rule.key}.never",
                    phrase(
                        "may leave nobody to answer '%(round)s': '%(bar)s' bars every %(whose)s that "
                        "'%(earlier)s' hears, and both ask the same",
                        round=spec.key,
                        bar=bar,
                        whose=whose,
                        earlier=earlier,
                    ),
                )


def _hears(heard: tuple[SeatSpec, ...], seat: SeatSpec, *, whole_party: bool) -> bool:
    """Whether a round asks the party of a seat, or its very office."""
    return any(each.of == seat.of and (whole_party or each.role == seat.role) for each in heard)


def _misplaced(definition: Definition) -> Iterator[Fault]:
    """Outcomes open rounds in the state where the case stands, and nowhere else."""
    for spec in definition.rounds.values():
        for outcome, target in spec.outcomes.items():
            place = f"rounds.{spec.key}.outcomes.{outcome}"
            opens = dict.fromkeys(key for to in target.every() for key in to.opens)
            for opened in (definition.rounds[key] for key in opens):
                for state in spec.states:
                    if not opened.possible(state, spec.footing):
                        yield Fault(
                            place,
                            phrase(
                                "opens '%(opened)s', which has no place in '%(state)s'",
                                opened=opened.key,
                                state=state,
                            ),
                        )
                if opened.opens is Opens.ON_INITIATIVE:
                    yield Fault(
                        place,
                        phrase(
                            "opens '%(opened)s', which is left to initiative", opened=opened.key
                        ),
                    )


def _waiting_elsewhere(definition: Definition) -> Iterator[Fault]:
    for spec in definition.rounds.values():
        for state in spec.states if spec.after_round else ():
            if state not in definition.rounds[spec.after_round].states:
                problem = phrase(
                    "waits for '%(after_round)s', which has no place in '%(state)s'",
                    after_round=spec.after_round,
                    state=state,
                )
                yield Fault(f"rounds.{spec.key}.after_round", problem)


def _unreachable(definition: Definition, walked: Walk) -> Iterator[Fault]:
    """States to which nothing leads; what the end of a case above leads to needs no way of its own."""
    for state, known in definition.states.items():
        if state not in walked.states() and not known.overtaken_by_parent:
            yield Fault(
                f"states.{state}",
                phrase("cannot be reached from '%(initial)s'", initial=definition.initial),
            )


def _never_open(
    definition: Definition, walked: Walk, footing: Footing = Footing.MANAGED
) -> Iterator[Fault]:
    opened = {(standing.state, key) for standing in walked.came_by for key in standing.asked}
    for spec in definition.rounds.values():
        for state in spec.states if spec.opens is Opens.AFTER and spec.footing is footing else ():
            if state in walked.states() and (state, spec.key) not in opened:
                yield Fault(
                    f"rounds.{spec.key}",
                    phrase("never opens in '%(state)s': no outcome there opens it", state=state),
                )


def _endless(definition: Definition, walked: Walk) -> Iterator[Fault]:
    """One fault for each state in which a case can come to stand without a way to any end."""
    ends = frozenset(
        standing for standing in walked.came_by if definition.states[standing.state].final
    )
    able, told = walked.before(ends), set[str]()
    for standing in walked.came_by:
        if standing not in able and standing.state not in told:
            told.add(standing.state)
            yield Fault(
                f"states.{standing.state}",
                phrase(
                    "can become a dead end: no final state is left after %(way_to)s",
                    way_to=walked.way_to(standing),
                ),
            )


def _forgotten(walked: Walk) -> Iterator[Fault]:
    """An asked round that settles into nothing at all leaves a case that waits for nobody."""
    told = set[tuple[str, str]]()
    for step in walked.steps:
        stays = step.end.state == step.start.state and not step.end.asked
        if stays and step.round in step.start.asked and (step.round, step.outcome) not in told:
            told.add((step.round, step.outcome))
            way = walked.way_to(step.start)
            yield Fault(
                f"rounds.{step.round}.outcomes.{step.outcome}",
                phrase(
                    "leaves nobody asked in '%(state)s' (for example: %(way)s)",
                    state=step.end.state,
                    way=way,
                ),
            )


def _opened_twice(walked: Walk) -> Iterator[Fault]:
    """A round that is still open is not opened again: its seats would be asked twice."""
    told = set[tuple[str, str, str]]()
    for step in walked.steps:
        for key in sorted((step.start.asked - {step.round}).intersection(step.target.opens)):
            if (step.round, step.outcome, key) not in told:
                told.add((step.round, step.outcome, key))
                way = walked.way_to(step.start)
                yield Fault(
                    f"rounds.{step.round}.outcomes.{step.outcome}",
                    phrase(
                        "opens '%(key)s' while it is still open (for example: %(way)s)",
                        key=key,
                        way=way,
                    ),
                )


def _answered_too_early(definition: Definition) -> Iterator[Fault]:
    """Seats of those who answered an earlier round need it settled on every way there."""
    for spec in definition.rounds.values():
        for earlier in {seat.of.split(":")[1] for seat in spec.rule.seats if _answered(seat.of)}:
            way = _way_without(definition, spec, earlier)
            if way:
                problem = phrase(
                    "asks those who answered '%(earlier)s', but can open before it: %(way)s",
                    earlier=earlier,
                    way=way,
                )
                yield Fault(f"rounds.{spec.key}", problem)


def _unwritten(definition: Definition, walked: Walk) -> Iterator[Fault]:
    """What a round decides about, or needs, can be written there or on the way there."""
    for spec in definition.rounds.values():
        needed = [kind for verdict in spec.rule.verdicts.values() for kind in verdict.needs]
        for kind in dict.fromkeys([*spec.text, *needed]):
            written_in = definition.documents[kind].written_in
            for state in spec.states:
                if state not in walked.after(written_in):
                    problem = phrase(
                        "needs '%(kind)s' in '%(state)s', but nobody can have written it by then",
                        kind=kind,
                        state=state,
                    )
                    yield Fault(f"rounds.{spec.key}", problem)


def _checked_too_early(definition: Definition, walked: Walk) -> Iterator[Fault]:
    """What a check looks at in another document can be written by then, or it is never asked."""
    for kind in definition.documents.values():
        for at, check in enumerate(kind.checks):
            named = {place.document for place in check.places()} - {kind.key}
            for key in sorted(named & definition.documents.keys()):
                written = walked.after(definition.documents[key].written_in)
                if not written.intersection(kind.written_in):
                    problem = phrase(
                        "looks at '%(kind)s', which nobody can have written by then", kind=key
                    )
                    yield Fault(f"documents.{kind.key}.checks[{at}]", problem)


def _signed_before(definition: Definition, spec: RoundSpec) -> Iterator[str]:
    """The rounds that bar from `spec` whoever answered them, and that always come before it."""
    for bar in spec.rule.never:
        earlier = bar.removeprefix("signed:")
        if earlier in definition.rounds and not _way_without(definition, spec, earlier):
            yield earlier


def _way_without(definition: Definition, spec: RoundSpec, earlier: str) -> Phrase | None:
    """A way on which `spec` can be answered although `earlier` was never settled."""
    walked = walk(definition, without=earlier)
    return next(
        (walked.way_to(at) for at in walked.came_by if _answerable(spec, at)),
        None,
    )


def _answerable(spec: RoundSpec, standing: CasePosition) -> bool:
    ready = comes_by_itself(spec) and spec.possible(standing.state, standing.footing)
    return ready or spec.key in standing.asked


def _answered(of: str) -> bool:
    return of.startswith("answered:")


def _deciders(spec: RoundSpec) -> frozenset[tuple[str, str]]:
    return frozenset((seat.role, seat.of) for seat in spec.rule.seats if seat.part is Part.DECIDES)
