"""What each verdict on a seat would do now, by the same rule that will read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.engine.checklists.signed import barring, to_be_met
from workflow.engine.commands import file_document
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.round_state import SeatState
from workflow.engine.rounds import decision
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, Opens, RoundSpec, Target
from workflow.lifecycles.rule import Verdict
from workflow.lifecycles.rules import Answer, PanelSeat
from workflow.phrase import Phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where an outcome leads: into a state, or on within this one to further rounds.

    `unasked` are the rounds that would open then and ask nobody, since no party is there to ask. On
    conditions it leads elsewhere, by the first of the `branches` whose `when` holds. `children` are
    what the child cases are called that it opens.
    """

    state: str = ""
    rounds: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    branches: tuple["NextStep", ...] = ()
    when: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeededDocument:
    """A document in which something is missing; `writable` by the reader now, or else by holders of these roles."""

    kind: str
    label: str
    writable: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomePreview:
    """One verdict that a seat offers, and what giving it would do now.

    `outcome` is empty where the round would stay open; `missing` is what must be filed before,
    in the documents that `needs` lists then.
    """

    key: str
    label: str
    stance: str
    meaning: str
    consequence: str
    reason_required: bool
    outcome: str
    onward: NextStep
    why: Phrase
    changes: tuple[Phrase, ...]
    missing: tuple[Phrase, ...]
    needs: tuple[NeededDocument, ...]


def outcome_previews(
    viewer: CaseViewer,
    spec: RoundSpec,
    seat: SeatState,
    places: Sequence[PanelSeat],
    answers: Mapping[int, Answer],
    opened_at: datetime | None = None,
) -> tuple[OutcomePreview, ...]:
    """Every verdict that this seat offers, each with what it would lead to."""
    return tuple(
        _choice(
            viewer,
            spec,
            verdict,
            rules.read(spec.rule, places, {**answers, seat.id: _answer(viewer, seat, verdict)}),
            opened_at,
        )
        for verdict in _offered(spec, seat)
    )


def onward(definition: Definition, spec: RoundSpec, outcome: str | None) -> NextStep:
    """Where this outcome of the round leads, in words; nowhere while there is none."""
    target = spec.outcomes.get(outcome or "")
    if target is None:
        return NextStep()
    branches = (
        replace(_step(definition, branch.to), when=branch.words) for branch in target.branches
    )
    return replace(_step(definition, target), branches=tuple(branches))


def _step(definition: Definition, target: Target) -> NextStep:
    return NextStep(
        state=definition.states[target.state].label if target.state else "",
        rounds=tuple(
            definition.rounds[key].label for key in (*target.opens, target.reopens) if key
        ),
        children=tuple(definition.children[key].label for key in target.children),
    )


def _onward(viewer: CaseViewer, spec: RoundSpec, outcome: str | None) -> NextStep:
    """Where the outcome leads, and whether what opens there would wait for nobody."""
    target = spec.outcomes.get(outcome or "")
    if target is None:
        return NextStep()
    rounds = viewer.definition.rounds
    opened = [rounds[key] for key in target.opens]
    if target.state:
        opened = [
            each
            for each in viewer.definition.rounds_in(target.state)
            if each.opens is Opens.ON_ENTRY
        ]
    unasked = tuple(each.label for each in opened if viewer.asks_nobody(each))
    return replace(onward(viewer.definition, spec, outcome), unasked=unasked)


def _offered(spec: RoundSpec, seat: SeatState) -> Iterator[Verdict]:
    return (verdict for verdict in spec.rule.verdicts.values() if verdict.part is seat.part)


def _answer(viewer: CaseViewer, seat: SeatState, verdict: Verdict) -> Answer:
    return Answer(seat.id, viewer.person, verdict.key)


def _choice(
    viewer: CaseViewer,
    spec: RoundSpec,
    verdict: Verdict,
    reading: rules.Reading,
    opened_at: datetime | None,
) -> OutcomePreview:
    gaps = decision.missing_for(
        viewer.session, viewer.case.id, viewer.definition, verdict, opened_at
    )
    of = viewer.case.id, viewer.definition, spec
    checked = to_be_met(viewer.session, of, verdict, viewer.person, viewer.now.date())
    missing = (*(gap.said for gap in gaps), *barring(checked))
    return OutcomePreview(
        key=verdict.key,
        label=verdict.label,
        stance=verdict.stance.value,
        meaning=verdict.meaning,
        consequence=verdict.consequence,
        reason_required=verdict.reason_required or any(each.asks_why for each in checked),
        outcome=reading.outcome or "",
        onward=_onward(viewer, spec, reading.outcome),
        why=reading.why,
        changes=reading.changes,
        missing=missing,
        needs=tuple(_needed(viewer, key) for key in verdict.needs) if gaps else (),
    )


def _needed(viewer: CaseViewer, key: str) -> NeededDocument:
    kind, case = viewer.definition.documents[key], viewer.case
    at = viewer.definition.states[case.state], Footing(case.footing), case.subject
    barred = file_document.writing_barred(
        viewer.session, kind, at, case.id, viewer.offices, viewer.now.date()
    )
    roles = dict.fromkeys(viewer.definition.roles[each.role].label for each in kind.written_by)
    return NeededDocument(key, kind.label, barred is None, tuple(roles))
