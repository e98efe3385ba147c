"""Each private part says through whom a private programme may be known, and where that one stands.

So a person's own are counted and put in order by one index, however many they are. It named the
party alone, and each programme was looked up and asked who may know of it.
"""

from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
# Made anew from cases, seats and the list.
comes_again = ("private_part",)

STANDS = ("framework_id", "stage", "urgency", "entered_at")
COLUMNS = ", ".join(("party_id", "role", "bench_id", "case_id", *STANDS))
LINE = ", ".join(f"l.{each}" for each in STANDS)
PROPOSED = (
    f"INSERT INTO private_part ({COLUMNS}) SELECT {{of}}.party_id, '', 0, l.case_id, {LINE} "
    "FROM {tables} WHERE l.private AND {of}.capacity = 'proposer' AND {row} ON CONFLICT DO NOTHING"
)
ASKED = (
    f"INSERT INTO private_part ({COLUMNS}) "
    f"SELECT {{of}}.party_id, {{of}}.role, coalesce({{of}}.bench_id, 0), l.case_id, {LINE} "
    "FROM {tables} WHERE l.private AND {row} ON CONFLICT DO NOTHING"
)
MANY = "listed_programme l JOIN {table} m ON m.case_id = l.case_id"
NEW_LINE, NEW_ROW = "l.case_id = NEW.case_id", {"of": "NEW", "tables": "listed_programme l"}
EVERY_PART = (
    PROPOSED.format(of="m", tables=MANY.format(table="case_party"), row="true"),
    ASKED.format(of="m", tables=MANY.format(table="seat"), row="true"),
)
ITS_PARTS = "; ".join(each.replace("AND true", f"AND {NEW_LINE}") for each in EVERY_PART)
EVERY_PART_BEFORE = (
    "INSERT INTO private_part (party_id, case_id) "
    "SELECT p.party_id, p.case_id FROM case_party p "
    "JOIN listed_programme l ON l.case_id = p.case_id WHERE l.private AND p.capacity = 'proposer' "
    "UNION SELECT s.party_id, s.case_id FROM seat s "
    "JOIN listed_programme l ON l.case_id = s.case_id WHERE l.private"
)
ITS_PARTS_BEFORE = (
    "INSERT INTO private_part (party_id, case_id) SELECT party_id, case_id FROM case_party "
    "WHERE capacity = 'proposer' AND case_id = NEW.case_id "
    "UNION SELECT party_id, case_id FROM seat WHERE case_id = NEW.case_id"
)
ONE_PART_BEFORE = (
    "INSERT INTO private_part (party_id, case_id) SELECT NEW.party_id, NEW.case_id "
    "WHERE EXISTS (SELECT 1 FROM listed_programme l WHERE l.case_id = NEW.case_id AND l.private) "
    "ON CONFLICT DO NOTHING"
)
LEFT = (
    "DELETE FROM private_part WHERE party_id = OLD.party_id AND role = '' AND case_id = OLD.case_id"
)
MOVED = (
    f"UPDATE private_part SET {', '.join(f'{each} = NEW.{each}' for each in STANDS)} "
    "WHERE case_id = NEW.case_id"
)


class Trigger(NamedTuple):
    """What the database does after what, for a change of which columns, under which further condition."""

    name: str
    verb: str
    table: str
    columns: tuple[str, ...]
    also: str


# What each does from now on, and did before.
CHANGED = (
    (
        Trigger("listed_private", "INSERT", "listed_programme", (), "NEW.private"),
        ITS_PARTS,
        ITS_PARTS_BEFORE,
    ),
    (
        Trigger("listed_private_again", "UPDATE", "listed_programme", ("private",), "NEW.private"),
        ITS_PARTS,
        ITS_PARTS_BEFORE,
    ),
    (
        Trigger("party_private", "INSERT", "case_party", (), "NEW.capacity = 'proposer'"),
        PROPOSED.format(**NEW_ROW, row=NEW_LINE),
        ONE_PART_BEFORE,
    ),
    (
        Trigger("seat_private", "INSERT", "seat", (), ""),
        ASKED.format(**NEW_ROW, row=NEW_LINE),
        ONE_PART_BEFORE,
    ),
)
ADDED = (
    (
        Trigger("party_private_left", "DELETE", "case_party", (), "OLD.capacity = 'proposer'"),
        LEFT,
    ),
    (
        Trigger(
            "listed_private_moved",
            "UPDATE",
            "listed_programme",
            STANDS,
            "OLD.private AND NEW.private",
        ),
        MOVED,
    ),
)


def upgrade() -> None:
    """Make the table anew from what there is, and have the database keep it so."""
    op.drop_table("private_part")
    _table(
        _number("party_id"),
        sa.Column("role", sa.String(length=40), nullable=False),
        _number("bench_id"),
        _number("case_id"),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        key=("party_id", "role", "bench_id", "case_id"),
    )
    standing = ("party_id", "urgency", "entered_at", "case_id", "role", "bench_id", "framework_id", "stage")  # fmt: skip
    op.create_index("ix_private_part_standing", "private_part", list(standing))
    for statement in EVERY_PART:
        op.execute(statement)
    for trigger, does, _ in CHANGED:
        _keep(trigger, does, is_new=False)
    for trigger, does in ADDED:
        _keep(trigger, does, is_new=True)


def downgrade() -> None:
    """Make it as it was, from what there is."""
    for trigger, _ in ADDED:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {trigger.name}")
        else:
            op.execute(f"DROP TRIGGER {trigger.name} ON {trigger.table}")
            op.execute(f"DROP FUNCTION {trigger.name}()")
    op.drop_table("private_part")
    _table(_number("party_id"), _number("case_id"), key=("party_id", "case_id"))
    op.execute(EVERY_PART_BEFORE)
    for trigger, _, did in CHANGED:
        _keep(trigger, did, is_new=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _table(*columns: sa.schema.SchemaItem, key: tuple[str, ...]) -> None:
    op.create_table(
        "private_part", *columns, sa.PrimaryKeyConstraint(*key, name=op.f("pk_private_part"))
    )
    op.create_index(op.f("ix_private_part_case_id"), "private_part", ["case_id"])


def _keep(trigger: Trigger, does: str, *, is_new: bool) -> None:
    """Have the database do this from now on whenever it comes to that."""
    name, verb, table, columns, also = trigger
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        when = " AND ".join(f"({each})" for each in (changed, also) if each)
        of = f" OF {', '.join(columns)}" if columns else ""
        if not is_new:
            op.execute(f"DROP TRIGGER {name}")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{f' WHEN {when}' if when else ''} "
            f"BEGIN {does}; END"
        )
        return
    done = f"$$ BEGIN {does}; RETURN NULL; END $$"
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}")
    if is_new:
        op.execute(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW WHEN ({also}) "
            f"EXECUTE FUNCTION {name}()"
        )
