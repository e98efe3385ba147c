"""Frameworks and funds with their terms and areas, as the tables say and as the register tells."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import FrameworkDescribed
from workflow.audit.events.payload import Payload
from workflow.audit.verification.actual_bodies import body_named
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import UNTOLD, framework_name
from workflow.audit.verification.tables import (
    BODIES,
    FRAMEWORK_AREAS,
    FRAMEWORK_TERMS,
    FRAMEWORKS,
)
from workflow.reference import reference

# One of the reference list may have been entered before frameworks were told of.
_OF_THE_LIST = {
    "kind": "framework", "currency": "", "envelope": "", "body": "", "appraisal": "", "steering": "",
}  # fmt: skip
_APPRAISAL, _STEERING = BODIES.alias("appraises"), BODIES.alias("steers")
_TERMS = (
    select(
        FRAMEWORKS.c.id,
        FRAMEWORKS.c.key,
        FRAMEWORKS.c.title,
        FRAMEWORKS.c.symbol,
        *(FRAMEWORK_TERMS.c[name] for name in ("kind", "starts_on", "ends_on", "currency")),
        FRAMEWORK_TERMS.c.envelope,
        body_named(FRAMEWORK_TERMS.c.body_id),
        body_named(FRAMEWORK_TERMS.c.appraisal_id, _APPRAISAL).label("appraisal"),
        body_named(FRAMEWORK_TERMS.c.steering_id, _STEERING).label("steering"),
    )
    .join(FRAMEWORK_TERMS, FRAMEWORK_TERMS.c.framework_id == FRAMEWORKS.c.id)
    .outerjoin(BODIES, BODIES.c.id == FRAMEWORK_TERMS.c.body_id)
    .outerjoin(_APPRAISAL, _APPRAISAL.c.id == FRAMEWORK_TERMS.c.appraisal_id)
    .outerjoin(_STEERING, _STEERING.c.id == FRAMEWORK_TERMS.c.steering_id)
)


def frameworks(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every framework and fund; only those of the reference list may be told by nothing."""
    listed = {row["id"] for row in reference().entered_frameworks}
    areas: dict[int, list[str]] = {}
    for number, area in connection.execute(
        select(FRAMEWORK_AREAS).order_by(FRAMEWORK_AREAS.c.area)
    ):
        areas.setdefault(number, []).append(area)
    for row in connection.execute(_TERMS).mappings():
        envelope = "" if row["envelope"] is None else f"{Decimal(row['envelope']):.2f}"
        said = {
            "starts_on": row["starts_on"].isoformat(),
            "ends_on": row["ends_on"] and row["ends_on"].isoformat(),
            "envelope": envelope,
            **{name: row[name] or "" for name in ("body", "appraisal", "steering")},
            "areas": sorted(areas.get(row["id"], ())),
            UNTOLD: _OF_THE_LIST if row["key"] in listed else None,
        }
        yield framework_name(row["key"]), {**row, **said}


def _described(story: ExpectedRows, _told: ToldEvent, what: FrameworkDescribed) -> None:
    story.things[framework_name(what.framework)] = {
        "kind": what.kind,
        "title": what.title,
        "symbol": what.symbol,
        "starts_on": what.starts_on.isoformat(),
        "ends_on": what.ends_on and what.ends_on.isoformat(),
        "areas": sorted(what.areas),
        "currency": what.currency,
        "envelope": what.envelope,
        "body": what.body,
        "appraisal": what.appraisal or "",
        "steering": what.steering or "",
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    FrameworkDescribed: _described,
}
