"""Texts of published lifecycles in other languages are kept beside them, each with a digest of its own.

Of what was published before there are none: it is read in English, as it was.
"""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0052"
down_revision = "0051"

TABLE = "lifecycle_texts"


def upgrade() -> None:
    """Make the table; nothing is entered."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("language <> 'en'", name=op.f("ck_lifecycle_texts_not_english")),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_lifecycle_texts_definition_id_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lifecycle_texts_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_texts")),
    )
    op.create_index("ix_lifecycle_texts_newest", TABLE, ["language", "definition_id", "id"])


def downgrade() -> None:
    """Take it away: every lifecycle is read in English again."""
    op.drop_table(TABLE)
