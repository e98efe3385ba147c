"""A country for tests to name as pivotal, and the day it was."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from workflow.people.pivotal.statuses import designate_pivotal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MARRAKECH = date(2003, 12, 1)


def designate(session: Session, party: int) -> int:
    return designate_pivotal(session, party, MARRAKECH, "Paragraph 15", by=None, now=NOW)
