"""A framework that was adopted here, entered among the frameworks as its signed text says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.frameworks.envelopes import adopt_parts
from workflow.frameworks.models import Framework
from workflow.frameworks.terms import Terms, describe_framework, enter_framework
from workflow.frameworks.terms_page import every_terms, terms_of

# What the lifecycle of a framework is about.
SUBJECT = "framework"
DOLLARS = "USD"
# Where its text names the framework that it follows.
BEFORE = "framework"
# Where its text says what of its envelope comes from which source for which area.
PARTS = "envelope"


def take_effect(
    session: Session, key: str, said: Mapping[str, Any], *, by: int | None, now: datetime
) -> None:
    """Enter the framework under `key` as the text says, or change what it says of one that is entered.

    It is decided, appraised and steered on by the bodies of the framework that it follows, which ends
    the day before where its end was open. What the text leaves out stays. Refuses what cannot be entered by hand either.
    """
    entered = select(Framework.id).where(Framework.key == key)
    if session.scalar(entered) is None:
        first = _first(session, said)
        enter_framework(session, key, first, by=by, now=now)
        _end_before(session, str(said.get(BEFORE) or ""), first.starts_on, by, now)
        adopt_parts(session, terms_of(session, key)[0], said.get(PARTS) or ())
        return
    number, terms = terms_of(session, key)
    ends_on = _day(said.get("planned_end")) or terms.ends_on
    describe_framework(session, number, replace(terms, ends_on=ends_on), by=by, now=now)


def _first(session: Session, said: Mapping[str, Any]) -> Terms:
    """The terms as the adopted text says, with the bodies of the framework before it."""
    before = every_terms(session).get(str(said.get(BEFORE) or ""))
    cost = said.get("total_cost")
    return Terms(
        title=str(said["title"]),
        starts_on=date.fromisoformat(str(said["planned_start"])),
        ends_on=_day(said.get("planned_end")),
        symbol=str(said.get("symbol") or ""),
        areas=tuple(said.get("areas") or ()),
        currency=DOLLARS if cost else "",
        envelope=Decimal(cost) if cost else None,
        body=before.body if before else "",
        appraisal=before.appraisal if before else "",
        steering=before.steering if before else "",
    )


def _end_before(session: Session, key: str, starts: date, by: int | None, now: datetime) -> None:
    """End the framework called `key` before another starts; one with an end, or that began later, stays."""
    before = every_terms(session).get(key)
    if before is None or before.ends_on is not None or before.starts_on >= starts:
        return
    ended = replace(before, ends_on=starts - timedelta(days=1))
    describe_framework(session, terms_of(session, key)[0], ended, by=by, now=now)


def _day(written: Any) -> date | None:
    return date.fromisoformat(str(written)) if written else None
