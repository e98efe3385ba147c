"""The programmes whose activities have ended and that are not closed, with since when, kept by the database.

What stands there by now is taken from the events that tell when it came there last, or from the state in which it stands.
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
# Made anew from cases and their events.
comes_again = ("closing_programme",)

AT = sa.DateTime(timezone=True)
EVERY = (
    "INSERT INTO closing_programme (case_id, ended_at) "
    "SELECT c.id, coalesce((SELECT min(f.at) FROM event_facet f WHERE f.case_id = c.id "
    "AND f.type = 'state.entered' AND f.stage = 'evaluation' AND NOT EXISTS (SELECT 1 "
    "FROM event_facet g WHERE g.case_id = c.id AND g.type = 'state.entered' "
    "AND g.stage <> 'evaluation' AND g.seq > f.seq)), c.entered_at) FROM lifecycle_case c "
    "WHERE c.subject = 'programme' AND c.stage = 'evaluation' AND c.definition_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id)"
)
CAME = (
    "INSERT INTO closing_programme (case_id, ended_at) VALUES (NEW.id, NEW.entered_at) "
    "ON CONFLICT (case_id) DO NOTHING"
)
LEFT = "DELETE FROM closing_programme WHERE case_id = NEW.id"
IS = "NEW.subject = 'programme' AND NEW.stage = 'evaluation'"
# A trigger on cases: its name, after what, under which condition, and what it does.
TRIGGERS = (
    ("closing_begun", "INSERT", IS, CAME),
    ("closing_came", "UPDATE OF stage", f"{IS} AND OLD.stage <> 'evaluation'", CAME),
    (
        "closing_left",
        "UPDATE OF stage",
        "OLD.stage = 'evaluation' AND NEW.stage <> 'evaluation'",
        LEFT,
    ),
)


def upgrade() -> None:
    """Make the table, fill it from what there is, and have the database keep it."""
    op.create_table(
        "closing_programme",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ended_at", AT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_closing_programme_case_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_closing_programme")),
    )
    op.create_index("ix_closing_programme_ended", "closing_programme", ["ended_at", "case_id"])
    op.execute(EVERY)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, verb, when, does in TRIGGERS:
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} AFTER {verb} ON lifecycle_case WHEN {when} BEGIN {does}; END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {verb} ON lifecycle_case FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    """Take it away, and what kept it."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, _, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON lifecycle_case")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("closing_programme")
