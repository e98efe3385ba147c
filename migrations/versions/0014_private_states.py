"""In which states of each published lifecycle a case is private, read from the lifecycles themselves."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    made = op.create_table(
        "private_state",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_private_state_definition_id_definition_version"),
        ),
        sa.PrimaryKeyConstraint("definition_id", "state", name=op.f("pk_private_state")),
    )
    published = sa.table("definition_version", sa.column("id"), sa.column("body"))
    for number, body in op.get_bind().execute(sa.select(published.c.id, published.c.body)).all():
        rows = [{"definition_id": number, "state": state} for state in _private(body)]
        if rows:
            op.bulk_insert(made, rows)


def _private(body: bytes) -> Iterator[str]:
    """The states that the lifecycle calls private; its first one where it does not say."""
    raw = json.loads(body)
    for state, said in raw.get("states", []):
        if said.get("private", state == raw["initial"]):
            yield state


def downgrade() -> None:
    op.drop_table("private_state")
