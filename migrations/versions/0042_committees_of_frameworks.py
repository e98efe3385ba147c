"""A framework or a fund may have an appraisal and a steering committee of its own; none has one yet."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

COMMITTEES = ("appraisal_id", "steering_id")


def upgrade() -> None:
    with op.batch_alter_table("framework_terms") as terms:
        for column in COMMITTEES:
            terms.add_column(sa.Column(column, sa.Integer(), nullable=True))
            terms.create_foreign_key(
                op.f(f"fk_framework_terms_{column}_body"), "body", [column], ["id"]
            )


def downgrade() -> None:
    with op.batch_alter_table("framework_terms") as terms:
        for column in COMMITTEES:
            terms.drop_constraint(op.f(f"fk_framework_terms_{column}_body"), type_="foreignkey")
            terms.drop_column(column)
