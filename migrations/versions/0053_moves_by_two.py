"""Cases to be moved to another version wait for a second administrator, as other acts on lifecycles do."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"

TABLE = "lifecycle_request"
BEFORE = {
    "act_known": "act in ('publish', 'offer', 'retire')",
    "published_whole": "(act = 'publish') = (body is not null)",
}
NOW = {
    "act_known": "act in ('publish', 'offer', 'retire', 'migrate')",
    "published_whole": "(act in ('publish', 'migrate')) = (body is not null)",
}


def upgrade() -> None:
    """Let another act wait; what waits or was decided on stays."""
    _constrain(NOW)


def downgrade() -> None:
    """Take it away: what was asked for stays on the register, and what waited can be asked for again."""
    op.execute(sa.text("delete from lifecycle_request where act = 'migrate'"))
    _constrain(BEFORE)


def _constrain(checks: dict[str, str]) -> None:
    with op.batch_alter_table(TABLE) as request:
        for each, said in checks.items():
            request.drop_constraint(each, type_="check")
            request.create_check_constraint(each, said)
