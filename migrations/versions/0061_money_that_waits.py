"""The movements that wait to be certified, kept by the database itself.

Who certifies found them by looking at every movement of the house for those without a verdict.
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
# Read from movements and verdicts again.
comes_again = ("money_waiting",)

EVERY = (
    "INSERT INTO money_waiting (movement_id) SELECT m.id FROM money_movement m "
    "WHERE NOT EXISTS (SELECT 1 FROM money_verdict v WHERE v.movement_id = m.id)"
)
# A trigger on what is entered: its name, on which table, and what it does.
TRIGGERS = (
    ("money_waits", "money_movement", "INSERT INTO money_waiting (movement_id) VALUES (NEW.id)"),
    (
        "money_decided",
        "money_verdict",
        "DELETE FROM money_waiting WHERE movement_id = NEW.movement_id",
    ),
)


def upgrade() -> None:
    """Make the table, fill it from what there is, and have the database keep it from now on."""
    op.create_table(
        "money_waiting",
        sa.Column("movement_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["movement_id"],
            ["money_movement.id"],
            name=op.f("fk_money_waiting_movement_id_money_movement"),
        ),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_money_waiting")),
    )
    op.execute(EVERY)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, does in TRIGGERS:
        if sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN {does}; END")
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    """Take it away, and what kept it."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("money_waiting")
