"""What is still open of a case that may be ended early: the cases under it, and the money that is left or to come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workflow.engine.engine import engine_of
from workflow.engine.pages.viewer import CaseViewer
from workflow.ledger import books
from workflow.ledger.balances import SourceLine, by_source
from workflow.ledger.page import HeldMoney, held_by, names_of
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import RuleKind
from workflow.programmes.page.children import ChildrenOfKind, children
from workflow.vocabulary import Stage

UNDER_WAY = frozenset({Stage.IMPLEMENTATION.value, Stage.EVALUATION.value})


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Cases under one that are open, by their kinds; money by source and currency, and with whom it is."""

    cases: tuple[ChildrenOfKind, ...]
    money: tuple[SourceLine, ...]
    held: tuple[HeldMoney, ...]
    names: Mapping[str, str]


def still_open(viewer: CaseViewer, spec: RoundSpec) -> StillOpen | None:
    """What an early end on which others are heard leaves open; nothing where this round asks of none.

    Of cases under it those are told that the person may know of, and how many there are besides.
    """
    if viewer.case.stage not in UNDER_WAY or not _ends(viewer.definition, spec):
        return None
    session, today = viewer.session, viewer.now.date()
    kept = books.recorded(session, viewer.case.id)
    counting = books.certified(each for each in kept if each.outcome == books.CERTIFIED)
    lines = by_source(counting, today)
    return StillOpen(
        cases=_open(viewer),
        money=tuple(each for each in lines if each.balance or each.outstanding),
        held=tuple(held_by(counting, today)),
        names=names_of(session, kept),
    )


def _ends(definition: Definition, spec: RoundSpec) -> bool:
    if spec.rule.kind is not RuleKind.SINGLE_AFTER_CONSULTATION:
        return False
    leads = (to.state for target in spec.outcomes.values() for to in target.every())
    return any(state is not None and definition.states[state].final for state in leads)


def _open(viewer: CaseViewer) -> tuple[ChildrenOfKind, ...]:
    if not viewer.definition.children:
        return ()
    session, case = viewer.session, (viewer.case.id, viewer.definition, viewer.case.state)
    found = (
        replace(kind, lines=tuple(line for line in kind.lines if not line.state.final))
        for kind in children(session, engine_of(session), case, viewer.person, viewer.now)
    )
    return tuple(kind for kind in found if kind.lines)
