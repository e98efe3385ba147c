"""A working calendar may take the holidays of a region; one that takes those of a country stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

COUNTRY, REGION = sa.String(3), sa.String(24)


def upgrade() -> None:
    with op.batch_alter_table("party_calendar") as calendar:
        calendar.alter_column(
            "source", existing_type=COUNTRY, type_=REGION,
            existing_server_default="", existing_nullable=False,
        )  # fmt: skip


def downgrade() -> None:
    # The days themselves are written down; of whose they are only the country stays.
    op.execute("UPDATE party_calendar SET source = substr(source, 1, 3)")
    with op.batch_alter_table("party_calendar") as calendar:
        calendar.alter_column(
            "source", existing_type=REGION, type_=COUNTRY,
            existing_server_default="", existing_nullable=False,
        )  # fmt: skip
