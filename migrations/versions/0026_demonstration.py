"""The mark of a demonstration's database, also in those that an earlier release filled."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
# Coming back marks what holds the people of the demonstration.
comes_again = ("demonstration",)


def upgrade() -> None:
    op.create_table(
        "demonstration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration")),
    )
    mark = sa.table("demonstration", sa.column("marked_at"))
    person = sa.table("person", sa.column("email"), sa.column("created_at"))
    first = sa.select(sa.func.min(person.c.created_at).label("at"))
    first = first.where(person.c.email.like("%@demo.example")).having(sa.func.count() > 0)
    op.execute(sa.insert(mark).from_select(["marked_at"], first))


def downgrade() -> None:
    op.drop_table("demonstration")
