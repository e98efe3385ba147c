"""What pages of frameworks count, compared with the cases, areas and money that it follows from, and made to follow again."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflow.frameworks.tallies import FIGURES

_AREA = """
coalesce((SELECT min(a.area) FROM case_area a WHERE a.case_id = p.case_id),
  (SELECT min(a.area) FROM child_case k JOIN case_area a ON a.case_id = k.parent_id
    WHERE k.case_id = p.case_id), '')
"""
# Words of this module alone.
_MEANT = f"SELECT p.case_id, p.framework_id, {_AREA} AS area FROM programme p WHERE p.framework_id IS NOT NULL"  # noqa: S608
_KEPT = "SELECT case_id, framework_id, area FROM framework_case"
_ASTRAY = text(
    f"SELECT * FROM (SELECT * FROM ({_MEANT}) meant EXCEPT {_KEPT}) missing "  # noqa: S608
    f"UNION SELECT * FROM ({_KEPT} EXCEPT SELECT * FROM ({_MEANT}) meant) odd"
)
_FORGET = text("DELETE FROM framework_case")
_PLACE = text(f"INSERT INTO framework_case (case_id, framework_id, area) {_MEANT}")
_NUMBERS = """
SELECT framework_id, area, stage, private, sum(number) AS number FROM (
  SELECT l.framework_id, a.area, l.stage, l.private, 1 AS number FROM listed_programme l
    JOIN case_area a ON a.case_id = l.case_id WHERE l.framework_id IS NOT NULL
  UNION ALL SELECT framework_id, area, stage, private, -number FROM framework_area_change) every_one
GROUP BY framework_id, area, stage, private HAVING sum(number) <> 0
"""
_OWN = ", ".join(f"m.{key}" for key in FIGURES)
_LESS = ", ".join(f"-{key}" for key in FIGURES)
_SUMS = ", ".join(f"sum({key}) AS {key}" for key in FIGURES)
_SOME = " OR ".join(f"sum({key}) <> 0" for key in FIGURES)
_MONEY = (
    f"SELECT framework_id, area, source_id, {_SUMS} FROM ("  # noqa: S608
    f"SELECT c.framework_id, c.area, m.source_id, {_OWN} FROM framework_case c "
    "JOIN source_money m ON m.case_id = c.case_id "
    f"UNION ALL SELECT framework_id, area, source_id, {_LESS} FROM framework_money_change) every_one "
    f"GROUP BY framework_id, area, source_id HAVING {_SOME}"
)
_ADD_NUMBERS = text(
    f"INSERT INTO framework_area_change (framework_id, area, stage, private, number) {_NUMBERS}"
)
_ADD_MONEY = text(
    f"INSERT INTO framework_money_change (framework_id, area, source_id, {', '.join(FIGURES)}) {_MONEY}"
)


def is_astray(session: Session) -> bool:
    """Whether a case stands under another framework or area than it says, or something is miscounted."""
    asked = (_ASTRAY, text(_NUMBERS), text(_MONEY))
    return any(session.execute(each).first() is not None for each in asked)


def make_follow(session: Session) -> None:
    """Have every case stand where it says, and the counts be what there is."""
    if session.execute(_ASTRAY).first() is not None:
        session.execute(_FORGET)
        session.execute(_PLACE)
    session.execute(_ADD_NUMBERS)
    session.execute(_ADD_MONEY)
