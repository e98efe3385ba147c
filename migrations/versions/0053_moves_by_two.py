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
AS_IT_WAS = {
    "outcome_known": "outcome in ('', 'confirmed', 'declined')",
    "four_eyes": "decided_by is null or decided_by <> asked_by",
}


def upgrade() -> None:
    """Let another act wait; what waits or was decided on stays."""
    _constrain(NOW)


def downgrade() -> None:
    """Take it away: what was asked for stays on the register, and what waited can be asked for again."""
    op.execute(sa.text("delete from lifecycle_request where act = 'migrate'"))
    _constrain(BEFORE)


def _constrain(checks: dict[str, str]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        every = {**checks, **AS_IT_WAS}
        kept = tuple(sa.CheckConstraint(said, name=_name(each)) for each, said in every.items())
        with op.batch_alter_table(TABLE, recreate="always", table_args=kept):
            pass
        return
    for each, said in checks.items():
        op.drop_constraint(_name(each), TABLE, type_="check")
        op.create_check_constraint(_name(each), TABLE, said)


def _name(check: str) -> str:
    return op.f(f"ck_{TABLE}_{check}")
