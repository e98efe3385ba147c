"""What lifecycles declare of rounds that one person alone answers: a queue asks for it.

They are read from the published lifecycles; none that was released has any yet.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
# Read from the published lifecycles again.
comes_again = ("personal_round",)


def upgrade() -> None:
    """Make the table, and fill it from what was published."""
    made = op.create_table(
        "personal_round",
        sa.Column("definition_id", sa.Integer, nullable=False),
        sa.Column("round_key", sa.String(60), nullable=False),
        sa.Column("named_in", sa.String(60), nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_personal_round_definition_id_definition_version"),
        ),
        sa.PrimaryKeyConstraint("definition_id", "round_key", name=op.f("pk_personal_round")),
    )
    rows = list(_declared())
    if rows:
        op.bulk_insert(made, rows)


def downgrade() -> None:
    """Take it away; it is filled again on the way up."""
    op.drop_table("personal_round")


def _declared() -> Iterator[dict[str, Any]]:
    published = sa.table("definition_version", sa.column("id"), sa.column("body"))
    for row in op.get_bind().execute(sa.select(published.c.id, published.c.body)).all():
        for key, said in json.loads(row.body).get("rounds", []):
            named_in, _, question = said.get("answered_by", "").partition(".")
            if named_in:
                yield {
                    "definition_id": row.id,
                    "round_key": key,
                    "named_in": named_in,
                    "question": question,
                }
