"""On what grounds a pivotal status ended; when a country was asked to lead in an area, and its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    with op.batch_alter_table("pivotal_status") as status:
        status.add_column(sa.Column("ended_for", sa.Text(), server_default="", nullable=False))
        status.create_check_constraint("ends_after_start", "until is null or until >= since")
    with op.batch_alter_table("lead_interest") as interest:
        interest.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
        interest.add_column(
            sa.Column("answer", sa.String(10), server_default="leads", nullable=False)
        )
        interest.alter_column("registered_on", existing_type=sa.Date(), nullable=True)
        interest.create_check_constraint(
            "answer_known", "answer in ('', 'leads', 'later', 'declines')"
        )
        interest.create_check_constraint("answer_dated", "(answer = '') = (registered_on is null)")


def downgrade() -> None:
    # Before, a row was an interest to lead; what else was answered stays on the register.
    op.execute("DELETE FROM lead_interest WHERE answer <> 'leads'")
    with op.batch_alter_table("lead_interest") as interest:
        interest.drop_constraint("answer_dated", type_="check")
        interest.drop_constraint("answer_known", type_="check")
        interest.alter_column("registered_on", existing_type=sa.Date(), nullable=False)
        interest.drop_column("answer")
        interest.drop_column("asked_on")
    with op.batch_alter_table("pivotal_status") as status:
        status.drop_constraint("ends_after_start", type_="check")
        status.drop_column("ended_for")
