"""Verbs about frameworks; each takes the session of somebody else's transaction."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.frameworks.models import Framework, FrameworkArea, FrameworkTerms
from workflow.free_text import kept_line
from workflow.reference import reference

THIRD = "F3"


def seed_frameworks(session: Session) -> dict[str, int]:
    """Enter the frameworks and funds of the reference data that are not there yet; return the ids of all.

    The third framework has the areas that the report of 2004 names for it.
    """
    known = _ids(session)
    missing = [row for row in reference().entered_frameworks if row["id"] not in known]
    if missing:
        session.execute(insert(Framework), [_row(row) for row in missing])
    ids = _ids(session)
    if missing:
        session.execute(insert(FrameworkTerms), [_days(ids, row) for row in missing])
    if THIRD not in known:
        areas = [area.key for area in reference().areas.values() if area.of_third_framework]
        rows = [{"framework_id": ids[THIRD], "area": area} for area in areas]
        session.execute(insert(FrameworkArea), rows)
    return ids


def _ids(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Framework.key, Framework.id)).all())


def _row(row: Mapping[str, str]) -> dict[str, object]:
    resources = row["regular_resources_usd_per_year"]
    return {
        "key": row["id"],
        "title": kept_line(row["title"], "title"),
        "symbol": row["symbol"],
        "first_year": int(row["period_start"]),
        "last_year": int(row["period_end"] or row["period_start"]),
        "board_step": row["board_step"],
        "themes": kept_line(row["themes"], "themes"),
        "resources_usd_per_year": int(resources) if resources else None,
        "confidence": row["confidence"],
        "note": kept_line(row["note"], "note"),
    }


def _days(ids: Mapping[str, int], row: Mapping[str, str]) -> dict[str, object]:
    """In force from the first day of its first year to the last of its last, where it has one."""
    last = row["period_end"]
    return {
        "framework_id": ids[row["id"]],
        "kind": "fund" if row in reference().funds else "framework",
        "starts_on": date(int(row["period_start"]), 1, 1),
        "ends_on": date(int(last), 12, 31) if last else None,
    }
