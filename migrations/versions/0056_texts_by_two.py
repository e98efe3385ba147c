"""Texts of lifecycles wait for a second administrator, as other acts on lifecycles do, and say who asked for them."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"

REQUESTS, TEXTS = "lifecycle_request", "lifecycle_texts"
ASKED_BY = "fk_lifecycle_texts_asked_by_person"
FOUR_EYES = "asked_by is null or asked_by <> person_id"
BEFORE = {
    "act_known": "act in ('publish', 'offer', 'retire', 'migrate')",
    "published_whole": "(act in ('publish', 'migrate')) = (body is not null)",
}
NOW = {
    "act_known": "act in ('publish', 'offer', 'retire', 'migrate', 'texts')",
    "published_whole": "(act in ('publish', 'migrate', 'texts')) = (body is not null)",
}


def upgrade() -> None:
    """Let texts wait; those entered before were asked for by nobody else."""
    _constrain(NOW)
    with op.batch_alter_table(TEXTS) as texts:
        texts.add_column(sa.Column("asked_by", sa.Integer(), nullable=True))
        texts.create_foreign_key(op.f(ASKED_BY), "person", ["asked_by"], ["id"])
        texts.create_check_constraint("four_eyes", FOUR_EYES)


def downgrade() -> None:
    """Take it away: what was asked for stays on the register, and what waited can be asked for again."""
    op.execute(sa.text("delete from lifecycle_request where act = 'texts'"))
    _constrain(BEFORE)
    with op.batch_alter_table(TEXTS) as texts:
        texts.drop_constraint("four_eyes", type_="check")
        texts.drop_constraint(op.f(ASKED_BY), type_="foreignkey")
        texts.drop_column("asked_by")


def _constrain(checks: dict[str, str]) -> None:
    with op.batch_alter_table(REQUESTS) as request:
        for each, said in checks.items():
            request.drop_constraint(each, type_="check")
            request.create_check_constraint(each, said)
