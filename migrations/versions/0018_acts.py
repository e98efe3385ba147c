"""When time acts next on each round: read from the lifecycles, what is still to be told, and lost mail."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
# What is made anew by itself and is no loss.
comes_again = ("round.acts_at",)

ACTS = "ix_round_acts_at_id"
AT_ONCE = timedelta(milliseconds=1)
INSTANT = sa.DateTime(timezone=True)
_ROUND = sa.table(
    "round",
    sa.column("id", sa.Integer),
    sa.column("case_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("status", sa.String),
    sa.column("opened_at", INSTANT),
    sa.column("due_at", INSTANT),
    sa.column("paused_at", INSTANT),
    sa.column("acts_at", INSTANT),
)
_CASE = sa.table("lifecycle_case", sa.column("id"), sa.column("definition_id"))
_DEFINITION = sa.table("definition_version", sa.column("id"), sa.column("body"))
_DEADLINE = sa.table(
    "deadline", sa.column("round_id"), sa.column("at", INSTANT), sa.column("done_at", INSTANT)
)
_NOTICE = sa.table("notice", sa.column("id"), sa.column("round_id"), sa.column("kind"))
_DELIVERY = sa.table("delivery", sa.column("notice_id"), sa.column("state"))
_RUNS = (_ROUND.c.status == "open") & _ROUND.c.paused_at.is_(None)


def upgrade() -> None:
    op.add_column("round", sa.Column("acts_at", INSTANT, nullable=True))
    _fill(op.get_bind())
    set_ = sa.text("acts_at is not null")
    op.create_index(ACTS, "round", ["acts_at", "id"], sqlite_where=set_, postgresql_where=set_)


def _fill(connection: sa.Connection) -> None:
    """Write down when time acts on each running round; the first sweep looks again at what is past."""
    rows = [
        {"of": number, "next_at": min(instants)}
        for number, instants in _instants(connection).items()
    ]
    if rows:
        written = sa.update(_ROUND).where(_ROUND.c.id == sa.bindparam("of"))
        connection.execute(written.values(acts_at=sa.bindparam("next_at", type_=INSTANT)), rows)


def _instants(connection: sa.Connection) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, at in (*_ends(connection), *_told(connection), *_lost(connection)):
        found.setdefault(number, []).append(at)
    return found


def _ends(connection: sa.Connection) -> Iterator[tuple[int, Any]]:
    """The first instant after the end of each round that the end itself settles."""
    bodies = connection.execute(sa.select(_DEFINITION.c.id, _DEFINITION.c.body))
    settled = {number: set(_settled_by_time(body)) for number, body in bodies}
    running = (
        sa.select(_ROUND.c.id, _ROUND.c.key, _ROUND.c.due_at, _CASE.c.definition_id)
        .join_from(_ROUND, _CASE, _CASE.c.id == _ROUND.c.case_id)
        .where(_RUNS, _ROUND.c.due_at.is_not(None))
    )
    for number, key, due_at, definition in connection.execute(running):
        if key in settled.get(definition, ()):
            yield number, due_at + AT_ONCE


def _settled_by_time(body: bytes) -> Iterator[str]:
    for key, said in json.loads(body).get("rounds", []):
        if said.get("at_due"):
            yield key


def _told(connection: sa.Connection) -> Iterator[tuple[int, Any]]:
    coming = (
        sa.select(_DEADLINE.c.round_id, sa.func.min(_DEADLINE.c.at, type_=INSTANT))
        .join_from(_DEADLINE, _ROUND, _ROUND.c.id == _DEADLINE.c.round_id)
        .where(_RUNS, _DEADLINE.c.done_at.is_(None))
        .group_by(_DEADLINE.c.round_id)
    )
    yield from ((number, at) for number, at in connection.execute(coming))


def _lost(connection: sa.Connection) -> Iterator[tuple[int, Any]]:
    """Rounds whose opening somebody was not told of: looked at as soon as there is a sweep."""
    lost = (
        sa.select(_ROUND.c.id, _ROUND.c.opened_at)
        .join_from(_ROUND, _NOTICE, _NOTICE.c.round_id == _ROUND.c.id)
        .join(_DELIVERY, _DELIVERY.c.notice_id == _NOTICE.c.id)
        .where(_RUNS, _NOTICE.c.kind == "silence_opened")
        .where(_DELIVERY.c.state.in_(("failed", "bounced")))
        .distinct()
    )
    yield from ((number, at) for number, at in connection.execute(lost))


def downgrade() -> None:
    op.drop_index(ACTS, table_name="round")
    op.drop_column("round", "acts_at")
