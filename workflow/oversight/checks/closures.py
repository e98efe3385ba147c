"""What waits to be closed, compared with the cases that have ended and are not closed, and made to follow again."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_MEANT = (
    "SELECT c.id FROM lifecycle_case c WHERE c.subject = 'programme' AND c.stage = 'evaluation' "
    "AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id)"
)
_ASTRAY = text(
    f"SELECT 1 FROM ({_MEANT}) m WHERE NOT EXISTS "  # noqa: S608  # Made of words of this module alone.
    "(SELECT 1 FROM closing_programme p WHERE p.case_id = m.id) UNION ALL "
    f"SELECT 1 FROM closing_programme p WHERE p.case_id NOT IN ({_MEANT})"
)
_FORGET = text(f"DELETE FROM closing_programme WHERE case_id NOT IN ({_MEANT})")  # noqa: S608
_LIST = text(
    "INSERT INTO closing_programme (case_id, ended_at) "  # noqa: S608
    "SELECT c.id, coalesce((SELECT min(f.at) FROM event_facet f WHERE f.case_id = c.id "
    "AND f.type = 'state.entered' AND f.stage = 'evaluation'), c.entered_at) FROM lifecycle_case c "
    f"WHERE c.id IN ({_MEANT}) "
    "AND NOT EXISTS (SELECT 1 FROM closing_programme p WHERE p.case_id = c.id)"
)


def is_astray(session: Session) -> bool:
    """Whether one that has ended and is not closed does not wait, or another one does."""
    return session.execute(_ASTRAY).first() is not None


def make_follow(session: Session) -> None:
    """Have exactly those wait that have ended and are not closed."""
    session.execute(_FORGET)
    session.execute(_LIST)
