"""Rows of a file brought into a database, and what is found there afterwards."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy import table as table_named
from sqlalchemy.orm import Session

from tests.workflow.programmes.samples import a_file
from workflow.audit.events.cases import StateEntered
from workflow.audit.models import Event
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.programmes.imports.rows import ProgrammeRow
from workflow.programmes.imports.run import (
    ImportReport,
    import_programmes,
    read_content,
)
from workflow.programmes.models import Programme

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOVED_ON = StateEntered(
    before="active", state="closed", stage="end", round="close", outcome="closed", version=2
)
LATER = NOW + timedelta(days=30)
STATES = {
    "screening": "proposal",
    "formulation": "approval",
    "decision": "approval",
    "deferred": "approval",
    "signature": "approval",
    "active": "implementation",
    "operational_closure": "evaluation",
    "closed": "end",
}


def rows(*cells: dict[str, str]) -> tuple[ProgrammeRow, ...]:
    return read_content("some.csv", a_file(*cells))


def bring(session: Session, read: Sequence[ProgrammeRow], now: datetime = NOW) -> ImportReport:
    definition_id = session.scalars(select(DefinitionVersion.id)).one()
    return import_programmes(
        session, read, now=now, opener=None, definition_id=definition_id, states=STATES
    )


def count(session: Session, name: str) -> int:
    return session.scalar(select(func.count()).select_from(table_named(name))) or 0


def written(session: Session) -> dict[str, int]:
    names = (
        "programme",
        "imported_programme",
        "case_party",
        "case_area",
        "programme_goal",
        "event",
    )
    return {name: count(session, name) for name in names}


def case_of(session: Session, ref: str) -> LifecycleCase:
    return session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()


def programme_of(session: Session, ref: str) -> Programme:
    return session.get_one(Programme, case_of(session, ref).id)


def chain(session: Session, ref: str) -> list[dict[str, object]]:
    told = select(Event.body).where(Event.case_id == case_of(session, ref).id)
    return [json.loads(body) for body in session.scalars(told.order_by(Event.seq))]
