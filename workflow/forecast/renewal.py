"""Forecasts kept up to date behind the pages: what lifecycles taught once a day, a case whenever it moved."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from workflow.engine.commands.receipts import INSERTS
from workflow.engine.engine import Engine
from workflow.engine.models import END, LifecycleCase
from workflow.forecast.case import kept, outlook
from workflow.forecast.definition import Scenario, forecast
from workflow.forecast.history import closed_cases, observed
from workflow.forecast.models import CaseForecast, LifecycleForecast
from workflow.forecast.simulation.assumptions import Assumptions, fitting
from workflow.forecast.simulation.records import (
    assumptions_kept,
    known_assumptions,
    simulation_kept,
)
from workflow.lifecycles.definition import Definition
from workflow.vocabulary import Footing

DAILY = timedelta(hours=24)
# How long one renewal may go on before it leaves the rest to the next: it is never in anybody's way.
SECONDS = 20.0
PORTION = 20


@dataclass(frozen=True, slots=True)
class Runs:
    """How many times a lifecycle is played from its beginning, and a case from where it stands."""

    lifecycle: int = 500
    case: int = 200


USUAL = Runs()


def renew(engine: Engine, seconds: float = SECONDS, runs: Runs = USUAL) -> int:
    """Renew what is out of date: lifecycles, and then cases for so many seconds; returns how many of these.

    Safe to run twice and from several places: what is written is the same whoever computes it.
    """
    until = time.monotonic() + seconds
    known = {
        definition.key: _lifecycle(engine, definition, runs.lifecycle)
        for _, definition in engine.offered()
    }
    _forget_ended(engine)
    done = 0
    while time.monotonic() < until:
        with engine.reading() as session:
            cases = _outdated(session, engine.now())
        for case in cases:
            if time.monotonic() < until:
                _case(engine, case, known, runs.case)
                done += 1
        if len(cases) < PORTION:
            break
    return done


def _lifecycle(engine: Engine, definition: Definition, runs: int) -> Assumptions:
    """What is assumed of a lifecycle, learnt again if that was done a day ago or of another version."""
    now = engine.now()
    with engine.reading() as session:
        held = session.get(LifecycleForecast, definition.key)
        fresh = held is not None and held.digest == definition.digest
        known = None if held is None else known_assumptions(held.assumed)
        if held is not None and known is not None and fresh and held.computed_at > now - DAILY:
            return known
        seen = observed(session, definition)
        found = forecast(definition, Scenario(now, runs=runs), seen, session)
        cases = len(closed_cases(session, definition.key))
    values = {
        "key": definition.key,
        "digest": definition.digest,
        "closed_cases": cases,
        "computed_at": now,
        "assumed": assumptions_kept(found.assumed),
        "said": simulation_kept(found.simulation),
    }
    with engine.transaction() as session:
        _put(session, LifecycleForecast, "key", values)
    return found.assumed


def _outdated(session: Session, now: datetime) -> list[Any]:
    """Open cases that nobody forecast where they stand now, or not for a day; drafts are their party's."""
    case, held = LifecycleCase, CaseForecast
    rows = session.execute(
        select(
            case.id, case.definition_id, case.state, case.entered_at, case.version, case.head_seq
        )
        .outerjoin(held, held.case_id == case.id)
        .where(
            case.stage != END,
            case.footing == Footing.MANAGED.value,
            case.definition_id.is_not(None),
            or_(
                held.case_id.is_(None),
                held.case_seq != case.head_seq,
                held.computed_at < now - DAILY,
            ),
        )
        .order_by(held.computed_at.nulls_first(), case.id)
        .limit(PORTION)
    )
    return list(rows)


def _case(engine: Engine, case: Any, known: dict[str, Assumptions], runs: int) -> None:
    now = engine.now()
    with engine.reading() as session:
        definition = engine.definition(case.definition_id, session)
        said: dict[str, Any] = {}
        if not definition.states[case.state].private:
            assumed = fitting(definition, known.get(definition.key))
            found = outlook(session, definition, case, assumed, now=now, runs=runs)
            said = kept(found)
    with engine.transaction() as session:
        values = {
            "case_id": case.id,
            "case_version": case.version,
            "case_seq": case.head_seq,
            "computed_at": now,
            "said": said,
        }
        _put(session, CaseForecast, "case_id", values)


def _put(
    session: Session,
    table: type[LifecycleForecast | CaseForecast],
    key: str,
    values: dict[str, Any],
) -> None:
    """Write a row, or write over the one of this key: another worker may have come first."""
    new = INSERTS[session.get_bind().dialect.name](table).values(values)
    session.execute(new.on_conflict_do_update(index_elements=[key], set_=values))


def _forget_ended(engine: Engine) -> None:
    """Remove forecasts of cases that have ended, if there are any."""
    ended = select(LifecycleCase.id).where(LifecycleCase.stage == END)
    over = CaseForecast.case_id.in_(ended)
    with engine.reading() as session:
        if session.scalar(select(CaseForecast.case_id).where(over).limit(1)) is None:
            return
    with engine.transaction() as session:
        session.execute(delete(CaseForecast).where(over))
