"""What is newest on each history, compared with what its events are found by, and made anew."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflow.oversight.models import READINGS

_READINGS = ", ".join(map(repr, READINGS))
_SUMS = f"""
SELECT case_id, coalesce(max(CASE WHEN type NOT IN ({_READINGS}) THEN seq END), 0) AS seq,
  max(at) AS last_at FROM event_facet
"""  # noqa: S608  # Made of words of this module alone.
_WITH_ACT = """
SELECT n.case_id, n.seq, n.last_at, f.at AS act_at, f.event_id AS act_id FROM ({of}) n
LEFT JOIN event_facet f ON f.case_id = n.case_id AND f.seq = n.seq
"""
_MEANT = _WITH_ACT.format(of=f"{_SUMS} GROUP BY case_id")
_OF_ONE = _WITH_ACT.format(of=f"{_SUMS} WHERE case_id = :case_id GROUP BY case_id")
_ASTRAY = text(f"""
SELECT m.case_id, c.ref FROM ({_MEANT}) m
JOIN lifecycle_case c ON c.id = m.case_id
LEFT JOIN history_news h ON h.case_id = m.case_id
WHERE h.seq IS DISTINCT FROM m.seq OR h.last_at IS DISTINCT FROM m.last_at
  OR h.act_at IS DISTINCT FROM m.act_at OR h.act_id IS DISTINCT FROM m.act_id
UNION ALL
SELECT h.case_id, c.ref FROM history_news h JOIN lifecycle_case c ON c.id = h.case_id
WHERE NOT EXISTS (SELECT 1 FROM event_facet f WHERE f.case_id = h.case_id)
ORDER BY 1
""")  # noqa: S608
_MISCOUNTED = text(
    "SELECT 1 FROM (SELECT count(*) AS number FROM history_news) h "
    "WHERE NOT EXISTS (SELECT 1 FROM history_tally t WHERE t.number = h.number)"
)
_FORGET = text("DELETE FROM history_news WHERE case_id = :case_id")
_TELL = text(f"INSERT INTO history_news (case_id, seq, last_at, act_at, act_id) {_OF_ONE}")
_COUNT = text("UPDATE history_tally SET number = (SELECT count(*) FROM history_news)")


def astray(session: Session) -> tuple[tuple[int, str], ...]:
    """The histories, as (number, reference), whose newest is not what their events say."""
    return tuple((row.case_id, row.ref) for row in session.execute(_ASTRAY))


def miscounted(session: Session) -> bool:
    """Whether there are more or fewer histories with events than are counted."""
    return session.execute(_MISCOUNTED).first() is not None


def make_follow(session: Session, cases: Sequence[int]) -> None:
    """Make it anew for these histories, and count all of them again."""
    if cases:
        each = [{"case_id": number} for number in cases]
        session.execute(_FORGET, each)
        session.execute(_TELL, each)
    session.execute(_COUNT)
