"""A framework that was adopted here, entered among the frameworks as its signed text says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.frameworks.envelopes import adopt_parts
from workflow.frameworks.models import Framework, FrameworkCourse
from workflow.frameworks.terms import Terms, describe_framework, enter_framework
from workflow.frameworks.terms_page import every_terms, terms_of

# What the lifecycle of a framework is about.
SUBJECT = "framework"
DOLLARS = "USD"
# Where its text names the framework that it follows.
BEFORE = "framework"
# Where its text says what of its envelope comes from which source for which area.
PARTS = "envelope"
# Where its text names the framework that it is, entered already.
ENTERED = "entered_as"


def take_effect(
    session: Session,
    case: tuple[int, str],
    said: Mapping[str, Any],
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Enter the framework as the text of a case says, or change what it says of one that is entered.

    The case is given by its number and its reference, as which the framework is entered, unless the text names one that stands there already without a case. It is decided, appraised and steered on by the bodies of the framework that it follows, which ends
    the day before where its end was open. What the text leaves out stays. Refuses what cannot be entered by hand either.
    """
    number, key = case
    entered = _entered(session, number, key, said)
    if entered is None:
        first = _first(session, said)
        enter_framework(session, key, first, by=by, now=now)
        _end_before(session, str(said.get(BEFORE) or ""), first.starts_on, by, now)
        _follow(session, terms_of(session, key)[0], number, said)
        return
    framework, terms = terms_of(session, entered)
    ends_on = _day(said.get("planned_end")) or terms.ends_on
    described = replace(terms, ends_on=ends_on)
    if said.get(ENTERED) == entered:
        described = _again(session, terms, said)
        _follow(session, framework, number, said)
    describe_framework(session, framework, described, by=by, now=now)


def _entered(session: Session, case: int, ref: str, said: Mapping[str, Any]) -> str | None:
    """The key of the framework that the case is about, where it is entered."""
    came = (
        select(Framework.key)
        .join(FrameworkCourse, FrameworkCourse.framework_id == Framework.id)
        .where(FrameworkCourse.case_id == case)
    )
    named = select(Framework.key).where(Framework.key.in_((ref, str(said.get(ENTERED) or ""))))
    return session.scalar(came) or session.scalar(named)


def _follow(session: Session, framework: int, case: int, said: Mapping[str, Any]) -> None:
    """Keep by which case a framework came about, and what its envelope is."""
    session.execute(delete(FrameworkCourse).where(FrameworkCourse.framework_id == framework))
    session.execute(insert(FrameworkCourse), {"framework_id": framework, "case_id": case})
    adopt_parts(session, framework, said.get(PARTS) or ())


def _again(session: Session, terms: Terms, said: Mapping[str, Any]) -> Terms:
    """What is entered already, as the adopted text says it; the bodies that decide on it stay."""
    told = _first(session, said)
    return replace(
        told, kind=terms.kind, body=terms.body, appraisal=terms.appraisal, steering=terms.steering
    )


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
