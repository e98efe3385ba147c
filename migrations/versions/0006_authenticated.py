"""When and how the person behind a session last proved who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column(
        "web_session",
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "web_session",
        sa.Column("authenticated_by", sa.String(length=20), nullable=True),
    )
    op.execute(
        "update web_session set authenticated_at = created_at, authenticated_by = 'password'"
    )
    with op.batch_alter_table("web_session") as table:
        table.alter_column("authenticated_at", nullable=False)
        table.alter_column("authenticated_by", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("web_session") as table:
        table.drop_column("authenticated_by")
        table.drop_column("authenticated_at")
