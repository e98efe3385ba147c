"""What came of commitments and matches: the approaches and proposals that were begun for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import knows_of
from workflow.lifecycles.definition import State
from workflow.programmes.models import CaseOrigin

# A case by its number, with the number of a match in its report, empty of a commitment.
FromWhat = tuple[int, str]


@dataclass(frozen=True, slots=True)
class BecameLine:
    """A case that was begun for a commitment or a match."""

    ref: str
    title: str
    state: State


def became(
    session: Session, engine: Engine, origins: Sequence[int], person: int, now: datetime
) -> Mapping[FromWhat, tuple[BecameLine, ...]]:
    """What was begun for these cases, by what it came of; of that what the person may know of."""
    case = aliased(LifecycleCase)
    rows = session.execute(
        select(CaseOrigin.origin_id, CaseOrigin.row, case.ref, case.title, case.state, case.definition_id)
        .join(case, case.id == CaseOrigin.case_id)
        .where(CaseOrigin.origin_id.in_(origins), knows_of(CaseOrigin.case_id, person, now.date()))
        .order_by(CaseOrigin.case_id)
    )  # fmt: skip
    found: dict[FromWhat, tuple[BecameLine, ...]] = {}
    for row in rows:
        state = engine.definition(row.definition_id, session).states[row.state]
        line = BecameLine(row.ref, row.title, state)
        here = row.origin_id, row.row
        found[here] = (*found.get(here, ()), line)
    return found
