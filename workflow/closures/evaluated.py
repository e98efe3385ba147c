"""What of its evaluations keeps a programme from being closed: those that are open, and actions that came of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.evaluations.derive import ACTION, EVALUATION
from workflow.evaluations.models import KeyAction
from workflow.lifecycles.children.checklist import Measured, Unmet
from workflow.phrase import Term, phrase
from workflow.vocabulary import Stage


def evaluations_followed_up(
    session: Session, cases: Collection[int], today: date
) -> Mapping[int, Measured]:
    """Whether every evaluation under each case has ended, published or with the reason why not, with all actions.

    It does not apply to a case that was not evaluated in a case of its own.
    """
    evaluations, actions = _evaluations(session, cases), _actions(session, cases)
    return {
        case_id: _measured(session, evaluations.get(case_id, ()), actions.get(case_id, ()), today)
        for case_id in cases
    }


def _measured(
    session: Session, evaluations: Sequence[Any], actions: Sequence[Any], today: date
) -> Measured:
    if not evaluations:
        return Measured(why_not=phrase("It was not evaluated in a case of its own."))
    left = (*_open_evaluations(session, evaluations), *_open_actions(session, actions, today))
    return Measured(len(evaluations) + len(actions), left)


def _open_evaluations(session: Session, evaluations: Sequence[Any]) -> Iterator[Unmet]:
    for row in evaluations:
        if row.stage != Stage.END.value:
            definition = engine_of(session).definition(row.definition_id, session)
            said = phrase(
                "%(title)s is in “%(state)s”",
                title=row.title,
                state=Term(definition.states[row.state].label),
            )
            yield Unmet(said, ref=row.ref, kind=definition.title)


def _open_actions(session: Session, actions: Sequence[Any], today: date) -> Iterator[Unmet]:
    for row in actions:
        if row.stage == Stage.END.value:
            continue
        if row.due is not None and row.due < today:
            said = phrase("%(title)s is overdue since %(day)s", title=row.title, day=row.due)
        elif row.due is not None:
            said = phrase("%(title)s is due on %(day)s", title=row.title, day=row.due)
        else:
            said = phrase("%(title)s is open", title=row.title)
        definition = engine_of(session).definition(row.definition_id, session)
        yield Unmet(said, ref=row.ref, kind=definition.title)


def _evaluations(session: Session, cases: Collection[int]) -> Mapping[int, Sequence[Any]]:
    case = LifecycleCase
    rows = session.execute(
        select(case.parent_id.label("of"), case.ref, case.title, case.state, case.stage, case.definition_id)
        .where(case.parent_id.in_(cases), case.subject == EVALUATION)
        .order_by(case.id)
    )  # fmt: skip
    return _by_case(rows)


def _actions(session: Session, cases: Collection[int]) -> Mapping[int, Sequence[Any]]:
    case, above = LifecycleCase, aliased(LifecycleCase)
    rows = session.execute(
        select(
            above.parent_id.label("of"),
            case.ref,
            case.title,
            case.stage,
            case.definition_id,
            KeyAction.due,
        )
        .join(above, above.id == case.parent_id)
        .outerjoin(KeyAction, KeyAction.case_id == case.id)
        .where(above.parent_id.in_(cases), above.subject == EVALUATION, case.subject == ACTION)
        .order_by(case.id)
    )
    return _by_case(rows)


def _by_case(rows: Any) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.of, []).append(row)
    return found
