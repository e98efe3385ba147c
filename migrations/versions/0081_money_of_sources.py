"""What counts of each source in each case and in all, summed once, so that statements over many cases are read from sums.

It is filled from the movements that were certified by now; what is left is in dollars at the average rate at which it
came, and what is to come at that at which it was committed. The database itself says of what is kept of a case whether
not everybody may know of it, as the case moves.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
# Summed from the movements again.
comes_again = ("source_money", "source_total")

ACTS = {
    "budget": "budget", "pledge": "pledge", "commitment": "commitment", "receipt": "receipt",
    "in_kind": "in_kind", "return": "returned", "disbursement": "disbursement",
    "expenditure": "expenditure",
}  # fmt: skip
SUMS = (
    *ACTS.values(),
    *(f"{name}_usd" for name in ACTS.values()),
    "balance_usd",
    "outstanding_usd",
)
CENT = Decimal("0.01")
# The second side of each movement that counts.
COUNTING = sa.text(
    "SELECT e.case_id, e.source_id, e.currency, m.act, e.amount, m.usd FROM money_movement m "
    "JOIN money_verdict v ON v.movement_id = m.id AND v.outcome = 'certified' "
    "JOIN money_entry e ON e.movement_id = m.id AND e.place = 1"
)
PRIVATE = (
    "EXISTS (SELECT 1 FROM private_state p "
    "WHERE p.definition_id = {of}.definition_id AND p.state = {state})"
)
# That a case is private, or ended without leaving that.
HIDDEN = (
    f"({PRIVATE.format(of='{of}', state='{of}.state')} OR ({{of}}.stage = 'end' "
    "AND EXISTS (SELECT 1 FROM round r WHERE r.case_id = {of}.id) "
    "AND NOT EXISTS (SELECT 1 FROM round r WHERE r.case_id = {of}.id "
    f"AND NOT {PRIVATE.format(of='{of}', state='r.state')})))"
)
NAME, MOVED = "source_money_hidden", "UPDATE OF state, stage, definition_id ON lifecycle_case"
FOLLOW = f"UPDATE source_money SET hidden = {HIDDEN.format(of='NEW')} WHERE case_id = NEW.id"


def upgrade() -> None:
    """Make the tables, fill them, and have the database keep what is hidden."""
    made = op.create_table(
        "source_money",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        *_place("source_money"),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        *_sums(),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_source_money_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "source_id", "currency", name=op.f("pk_source_money")),
    )
    op.create_table(
        "source_total",
        *_place("source_total"),
        *_sums(),
        sa.PrimaryKeyConstraint("source_id", "currency", name=op.f("pk_source_total")),
    )
    op.create_index("ix_source_money_source_id", "source_money", ["source_id", "case_id"])
    op.create_index(
        "ix_source_money_hidden", "source_money", ["case_id"],
        sqlite_where=sa.text("hidden"), postgresql_where=sa.text("hidden"),
    )  # fmt: skip
    rows = list(_rows(op.get_bind()))
    if rows:
        op.bulk_insert(made, rows)
        _total()
    _keep()


def downgrade() -> None:
    """Take them away, and what kept them; the movements stay."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER {NAME}" if sqlite else f"DROP TRIGGER {NAME} ON lifecycle_case")
    if not sqlite:
        op.execute(f"DROP FUNCTION {NAME}()")
    op.drop_table("source_total")
    op.drop_table("source_money")


def _total() -> None:
    """Say of which cases not everybody may know, and sum all of them."""
    op.execute(
        f"UPDATE source_money SET hidden = (SELECT {HIDDEN.format(of='c')} "  # Words of this module alone.
        "FROM lifecycle_case c WHERE c.id = source_money.case_id)"
    )
    summed = ", ".join(f"sum({name})" for name in SUMS)
    op.execute(
        f"INSERT INTO source_total (source_id, currency, {', '.join(SUMS)}) "  # Words of this module alone.
        f"SELECT source_id, currency, {summed} FROM source_money GROUP BY source_id, currency"
    )


def _keep() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {NAME} AFTER {MOVED} BEGIN {FOLLOW}; END")
        return
    op.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {FOLLOW}; RETURN NULL; END $$"
    )
    op.execute(f"CREATE TRIGGER {NAME} AFTER {MOVED} FOR EACH ROW EXECUTE FUNCTION {NAME}()")


def _place(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["party.id"], name=op.f(f"fk_{table}_source_id_party")
        ),
    )


def _sums() -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS)


def _rows(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    kept: dict[tuple[int, int, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    digits: dict[tuple[int, int, str], int] = {}
    for row in connection.execute(COUNTING):
        name = ACTS.get(row.act)
        if name is not None:
            place = row.case_id, row.source_id, row.currency
            amount = Decimal(str(row.amount))
            digits[place] = -int(amount.as_tuple().exponent)
            kept[place][name] += amount
            kept[place][f"{name}_usd"] += Decimal(str(row.usd))
    for (case, source, currency), sums in kept.items():
        left = sums["receipt"] - sums["returned"] - sums["expenditure"]
        to_come = sums["commitment"] - sums["receipt"]
        after = digits[case, source, currency]
        units = {name: int(sums[name].scaleb(after)) for name in ACTS.values()}
        cents = {f"{name}_usd": int(sums[f"{name}_usd"].scaleb(2)) for name in ACTS.values()}
        yield {
            "case_id": case, "source_id": source, "currency": currency, "hidden": False,
            **units, **cents,
            "balance_usd": _at_average(left, sums, "receipt"),
            "outstanding_usd": _at_average(to_come, sums, "commitment"),
        }  # fmt: skip


def _at_average(amount: Decimal, sums: dict[str, Decimal], name: str) -> int:
    if not amount:
        return 0
    dollars = amount * sums[f"{name}_usd"] / sums[name]
    return int(dollars.quantize(CENT, ROUND_HALF_EVEN).scaleb(2))
