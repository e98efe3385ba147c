"""The cases under one that moves to another version: which open there, and which it leaves to themselves."""

from sqlalchemy import select

from workflow.engine.cases.beginnings import open_on_entry
from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.children.kinds import ChildOpens
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import KeyMapping
from workflow.vocabulary import Stage


def opened(work: UnitOfWork, old: Definition, mapping: KeyMapping) -> tuple[str, ...]:
    """Open what stands in the state by the new version alone; returns what the kinds are called."""
    state = work.case.state
    stood = frozenset(
        key
        for key, kind in old.children.items()
        if kind.opens is ChildOpens.ON_ENTRY and state in {mapping.state(e) for e in kind.states}
    )
    fresh = work.definition.children.keys() - stood
    opens = open_on_entry(work.of_nobody(), only=fresh)
    return tuple(work.definition.children[key].label for key in opens)


def left_alone(work: UnitOfWork) -> tuple[str, ...]:
    """The open cases under it of which the new version knows no kind: they go on by themselves."""
    below = (
        select(LifecycleCase.ref, ChildCase.kind)
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(ChildCase.parent_id == work.case.id, LifecycleCase.stage != Stage.END.value)
        .order_by(ChildCase.number)
    )
    rows = work.session.execute(below).all()
    return tuple(row.ref for row in rows if row.kind not in work.definition.children)
