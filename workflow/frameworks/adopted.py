"""A framework that was adopted here, entered among the frameworks as its signed text says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.frameworks.models import Framework
from workflow.frameworks.terms import Terms, describe_framework, enter_framework
from workflow.frameworks.terms_page import every_terms, terms_of

# What the lifecycle of a framework is about.
SUBJECT = "framework"
DOLLARS = "USD"


def take_effect(
    session: Session, key: str, said: Mapping[str, Any], *, by: int | None, now: datetime
) -> None:
    """Enter the framework under `key` as the text says, or change what it says of one that is entered.

    It is decided, appraised and steered on by the bodies of the framework that it follows. What the
    text leaves out stays. Refuses what cannot be entered by hand either.
    """
    entered = select(Framework.id).where(Framework.key == key)
    if session.scalar(entered) is None:
        enter_framework(session, key, _first(session, said), by=by, now=now)
        return
    number, terms = terms_of(session, key)
    ends_on = _day(said.get("planned_end")) or terms.ends_on
    describe_framework(session, number, replace(terms, ends_on=ends_on), by=by, now=now)


def _first(session: Session, said: Mapping[str, Any]) -> Terms:
    """The terms as the adopted text says, with the bodies of the framework before it."""
    before = every_terms(session).get(str(said.get("framework") or ""))
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


def _day(written: Any) -> date | None:
    return date.fromisoformat(str(written)) if written else None
