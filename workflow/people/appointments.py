"""When an appointment or a mandate holds, and which of them lets its holder read everything."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from workflow.people.models import Appointment, Mandate
from workflow.vocabulary import ADMINISTRATOR

# An auditor is asked nothing; who may read everything is named, never sent.
AUDITOR = "auditor"
# Who reads everything, and who appoints and reads no position, draft or letter, take part in no case.
APART = (AUDITOR, ADMINISTRATOR)


def in_force(on: date | ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that an appointment holds on a day, the first and the last included."""
    ends = or_(Appointment.ends_on.is_(None), Appointment.ends_on >= on)
    return (Appointment.starts_on <= on) & ends


def lasting(since: date) -> ColumnElement[bool]:
    """The condition that an appointment holds on a day or begins after it, so that it is not over."""
    return or_(Appointment.ends_on.is_(None), Appointment.ends_on >= since)


def meets(since: date, until: date | None) -> ColumnElement[bool]:
    """The condition that an appointment holds on any of these days, which end never without a last."""
    return lasting(since) if until is None else lasting(since) & (Appointment.starts_on <= until)


def mandate_in_force(on: date | ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a mandate may be used on a day, the first and the last included."""
    return and_(Mandate.revoked_at.is_(None), Mandate.starts_on <= on, Mandate.ends_on >= on)


def is_auditor(roles: Iterable[str]) -> bool:
    """Whether one of the roles of somebody's offices is an auditor's."""
    return AUDITOR in roles
