"""What waits to be closed, compared with the cases that have ended and are not closed, and made to follow again."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# Since when it is in evaluation without a break. Nothing before its newest move is among what events say.
_SINCE = (
    "SELECT min(f.at) FROM event_facet f WHERE f.case_id = c.id AND f.type = 'state.entered' "
    "AND f.stage = 'evaluation' AND NOT EXISTS (SELECT 1 FROM event_facet g "
    "WHERE g.case_id = c.id AND g.type = 'state.entered' AND g.stage <> 'evaluation' "
    "AND g.seq > f.seq) AND EXISTS (SELECT 1 FROM event_facet h WHERE h.case_id = c.id "
    "AND h.type = 'state.entered' AND h.at = c.entered_at)"
)
_MEANT = (
    f"SELECT c.id, c.entered_at, ({_SINCE}) AS since "  # noqa: S608  # Made of words of this module alone.
    "FROM lifecycle_case c WHERE c.subject = 'programme' AND c.stage = 'evaluation' "
    "AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id)"
)
_RIGHT = (
    f"SELECT 1 FROM ({_MEANT}) m WHERE m.id = closing_programme.case_id "  # noqa: S608
    "AND coalesce(m.since, closing_programme.ended_at) = closing_programme.ended_at"
)
_ASTRAY = text(
    f"SELECT 1 FROM ({_MEANT}) m WHERE NOT EXISTS "  # noqa: S608
    "(SELECT 1 FROM closing_programme p WHERE p.case_id = m.id) UNION ALL "
    f"SELECT 1 FROM closing_programme WHERE NOT EXISTS ({_RIGHT})"
)
_FORGET = text(f"DELETE FROM closing_programme WHERE NOT EXISTS ({_RIGHT})")  # noqa: S608
_LIST = text(
    "INSERT INTO closing_programme (case_id, ended_at) "  # noqa: S608
    f"SELECT m.id, coalesce(m.since, m.entered_at) FROM ({_MEANT}) m "
    "WHERE NOT EXISTS (SELECT 1 FROM closing_programme p WHERE p.case_id = m.id)"
)


def is_astray(session: Session) -> bool:
    """Whether one that has ended and is not closed does not wait, or since another day, or another one does."""
    return session.execute(_ASTRAY).first() is not None


def make_follow(session: Session) -> None:
    """Have exactly those wait that have ended and are not closed, each since it ended."""
    session.execute(_FORGET)
    session.execute(_LIST)
