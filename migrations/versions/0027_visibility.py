"""What lifecycles declare of visibility, and programmes that ended without ever being sent, in lists.

A draft that was withdrawn before anybody was sent it is private from now on, as it was before.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
# Read from the published lifecycles again.
comes_again = ("decided_state", "closed_role", "writing_office")

OFFICE = "office:"
DECIDED_STAGES = ("implementation", "evaluation")
BEFORE = (
    "EXISTS (SELECT 1 FROM private_state s "
    "WHERE s.definition_id = {row}.definition_id AND s.state = {row}.state)"
)
NOW = (
    f"({BEFORE} OR ({{row}}.stage = 'end' "
    "AND EXISTS (SELECT 1 FROM round r WHERE r.case_id = {row}.id) "
    "AND NOT EXISTS (SELECT 1 FROM round r WHERE r.case_id = {row}.id AND NOT EXISTS "
    "(SELECT 1 FROM private_state s "
    "WHERE s.definition_id = {row}.definition_id AND s.state = r.state))))"
)
URGENCY = (
    "CASE WHEN EXISTS (SELECT 1 FROM round r WHERE r.case_id = NEW.id AND r.status = 'open') "
    "THEN 2 WHEN NEW.stage <> 'end' THEN 1 ELSE 0 END"
)
MOVED = (
    "UPDATE listed_programme SET stage = NEW.stage, title_key = lower(NEW.title), "
    f"entered_at = NEW.entered_at, urgency = {URGENCY}, private = {{private}} "
    "WHERE case_id = NEW.id"
)
WATCHED = ("title", "state", "stage", "entered_at", "definition_id")


def upgrade() -> None:
    """Make the tables, fill them from what was published, and list anew what was never sent."""
    _tables()
    for number, body in _published():
        raw = json.loads(body)
        for table, rows in (
            ("decided_state", [{"state": state} for state in _decided(raw)]),
            ("closed_role", [{"role": role} for role in _closed(raw)]),
            ("writing_office", list(_writing(raw))),
        ):
            if rows:
                columns: list[Any] = [
                    sa.column("definition_id"),
                    *(sa.column(name) for name in rows[0]),
                ]
                op.bulk_insert(
                    sa.table(table, *columns), [{"definition_id": number, **row} for row in rows]
                )
    _keep(NOW)


def downgrade() -> None:
    """Take the tables away; what was withdrawn unsent is listed for everybody again."""
    _keep(BEFORE)
    for table in ("writing_office", "closed_role", "decided_state"):
        op.drop_table(table)


def _keep(private: str) -> None:
    """Have the list follow this condition from now on, and for what is on it."""
    does = MOVED.format(private=private.format(row="NEW"))
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in WATCHED)
        op.execute("DROP TRIGGER case_listed")
        op.execute(
            f"CREATE TRIGGER case_listed AFTER UPDATE OF {', '.join(WATCHED)} ON lifecycle_case "
            f"WHEN ({changed}) BEGIN {does}; END"
        )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION case_listed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does}; RETURN NULL; END $$"
        )
    stands = f"(SELECT {private.format(row='c')} FROM lifecycle_case c WHERE c.id = case_id)"
    op.execute(f"UPDATE listed_programme SET private = {stands} WHERE stage = 'end'")


def _published() -> list[tuple[int, bytes]]:
    published = sa.table("definition_version", sa.column("id"), sa.column("body"))
    rows = op.get_bind().execute(sa.select(published.c.id, published.c.body)).all()
    return [(row.id, row.body) for row in rows]


def _decided(raw: dict[str, Any]) -> Iterator[str]:
    """The states of which the lifecycle says so; where it does not, those of carrying out."""
    for state, said in raw.get("states", []):
        if said.get("decided", said.get("stage") in DECIDED_STAGES):
            yield state


def _closed(raw: dict[str, Any]) -> Iterator[str]:
    for role, said in raw.get("roles", []):
        if said.get("reads") == "facts":
            yield role


def _writing(raw: dict[str, Any]) -> Iterator[dict[str, str]]:
    found = {
        (state, writer["role"], writer["of"].removeprefix(OFFICE))
        for _, document in raw.get("documents", [])
        if document.get("footing", "managed") == "managed"
        for writer in document.get("written_by", [])
        if writer["of"].startswith(OFFICE)
        for state in document.get("written_in", [])
    }
    for state, role, party in sorted(found):
        yield {"state": state, "role": role, "party": party}


def _tables() -> None:
    for name, columns in (
        ("decided_state", {"state": 40}),
        ("closed_role", {"role": 40}),
        ("writing_office", {"state": 40, "role": 40, "party": 60}),
    ):
        op.create_table(
            name,
            sa.Column("definition_id", sa.Integer(), nullable=False),
            *(sa.Column(key, sa.String(length=wide), nullable=False) for key, wide in columns.items()),
            sa.ForeignKeyConstraint(
                ["definition_id"],
                ["definition_version.id"],
                name=op.f(f"fk_{name}_definition_id_definition_version"),
            ),
            sa.PrimaryKeyConstraint("definition_id", *columns, name=op.f(f"pk_{name}")),
        )  # fmt: skip
