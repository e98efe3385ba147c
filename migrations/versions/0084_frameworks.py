"""What the page of a framework counts, kept by the database itself: programmes by area and stage, and money by area and source.

`framework_case` says under which framework, and with its money under which area, each case stands: the first of its
areas by its key, or that of the case above. The other two count in differences, so that no two acts wait for one number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
LINE, AREAS, MONEY = "framework_case", "framework_area_change", "framework_money_change"
# Counted from programmes, their areas and their money again.
comes_again = (LINE, AREAS, MONEY)

SUMS = ("budget_usd", "commitment_usd", "receipt_usd", "expenditure_usd")
AREA = (
    "coalesce((SELECT min(a.area) FROM case_area a WHERE a.case_id = {case}), "
    "(SELECT min(a.area) FROM child_case k JOIN case_area a ON a.case_id = k.parent_id "
    "WHERE k.case_id = {case}), '')"
)
EVERY_LINE = (
    f"INSERT INTO {LINE} (case_id, framework_id, area) "  # Words of this module alone.
    f"SELECT p.case_id, p.framework_id, {AREA.format(case='p.case_id')} "
    "FROM programme p WHERE p.framework_id IS NOT NULL"
)
ONE_LINE = f"{EVERY_LINE} AND p.case_id = NEW.case_id"
NO_LINE = f"DELETE FROM {LINE} WHERE case_id = OLD.case_id"
UNDER = (
    f"UPDATE {LINE} SET area = {AREA.format(case=f'{LINE}.case_id')} WHERE case_id = {{case}}; "  # Words of this module alone.
    f"UPDATE {LINE} SET area = {AREA.format(case=f'{LINE}.case_id')} WHERE case_id IN "
    "(SELECT k.case_id FROM child_case k WHERE k.parent_id = {case})"
)
EVERY_AREA = (
    f"INSERT INTO {AREAS} (framework_id, area, stage, private, number) "
    "SELECT l.framework_id, a.area, l.stage, l.private, count(*) FROM listed_programme l "
    "JOIN case_area a ON a.case_id = l.case_id WHERE l.framework_id IS NOT NULL "
    "GROUP BY l.framework_id, a.area, l.stage, l.private"
)
ONE_AREA = (
    f"INSERT INTO {AREAS} (framework_id, area, stage, private, number) "  # Words of this module alone.
    "SELECT l.framework_id, {row}.area, l.stage, l.private, {number} FROM listed_programme l "
    "WHERE l.case_id = {row}.case_id AND l.framework_id IS NOT NULL"
)
ITS_AREAS = (
    f"INSERT INTO {AREAS} (framework_id, area, stage, private, number) "  # Words of this module alone.
    "SELECT {row}.framework_id, a.area, {row}.stage, {row}.private, {number} FROM case_area a "
    "WHERE a.case_id = {row}.case_id AND {row}.framework_id IS NOT NULL"
)
COLUMNS = f"framework_id, area, source_id, {', '.join(SUMS)}"
EVERY_MONEY = (
    f"INSERT INTO {MONEY} ({COLUMNS}) SELECT l.framework_id, l.area, m.source_id, "  # Words of this module alone.
    f"{', '.join(f'sum(m.{name})' for name in SUMS)} FROM {LINE} l "
    "JOIN source_money m ON m.case_id = l.case_id GROUP BY l.framework_id, l.area, m.source_id"
)


def _its_money(row: str, sign: str) -> str:
    """The money of a line, added or taken away."""
    return (
        f"INSERT INTO {MONEY} ({COLUMNS}) SELECT {row}.framework_id, {row}.area, m.source_id, "  # Words of this module alone.
        f"{', '.join(f'{sign}m.{name}' for name in SUMS)} FROM source_money m "
        f"WHERE m.case_id = {row}.case_id"
    )


def _one_money(row: str, sign: str) -> str:
    """The money of one source in a case, added or taken away."""
    return (
        f"INSERT INTO {MONEY} ({COLUMNS}) SELECT l.framework_id, l.area, {row}.source_id, "  # Words of this module alone.
        f"{', '.join(f'{sign}{row}.{name}' for name in SUMS)} FROM {LINE} l "
        f"WHERE l.case_id = {row}.case_id"
    )


# A trigger: its name, after what, on which table, the columns a change of which calls it, and what it does.
TRIGGERS = (
    ("programme_under", "INSERT", "programme", (), ONE_LINE),
    ("programme_under_another", "UPDATE", "programme", ("framework_id",), f"{NO_LINE}; {ONE_LINE}"),
    ("programme_under_none", "DELETE", "programme", (), NO_LINE),
    ("area_named", "INSERT", "case_area", (),
     f"{UNDER.format(case='NEW.case_id')}; {ONE_AREA.format(row='NEW', number=1)}"),
    ("area_dropped", "DELETE", "case_area", (),
     f"{UNDER.format(case='OLD.case_id')}; {ONE_AREA.format(row='OLD', number=-1)}"),
    ("child_under", "INSERT", "child_case", (), UNDER.format(case="NEW.case_id")),
    ("areas_more", "INSERT", "listed_programme", (), ITS_AREAS.format(row="NEW", number=1)),
    ("areas_moved", "UPDATE", "listed_programme", ("framework_id", "stage", "private"),
     f"{ITS_AREAS.format(row='OLD', number=-1)}; {ITS_AREAS.format(row='NEW', number=1)}"),
    ("areas_less", "DELETE", "listed_programme", (), ITS_AREAS.format(row="OLD", number=-1)),
    ("money_more", "INSERT", "source_money", (), _one_money("NEW", "")),
    ("money_changed", "UPDATE", "source_money", SUMS,
     f"{_one_money('OLD', '-')}; {_one_money('NEW', '')}"),
    ("money_less", "DELETE", "source_money", (), _one_money("OLD", "-")),
    ("line_more", "INSERT", LINE, (), _its_money("NEW", "")),
    ("line_moved", "UPDATE", LINE, ("framework_id", "area"),
     f"{_its_money('OLD', '-')}; {_its_money('NEW', '')}"),
    ("line_less", "DELETE", LINE, (), _its_money("OLD", "-")),
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, fill them from what there is, and have the database keep them from now on."""
    _tables()
    for statement in (EVERY_LINE, EVERY_AREA, EVERY_MONEY):
        op.execute(statement)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in TRIGGERS:
        for statement in (_on_sqlite if sqlite else _on_postgresql)(*trigger):
            op.execute(statement)


def downgrade() -> None:
    """Take all of it away again; the envelopes of sources in areas stay in the texts that were adopted."""
    if op.get_bind().dialect.name == "sqlite":
        for name, *_ in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, _, table, *_ in TRIGGERS:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for table in (MONEY, AREAS, LINE):
        op.drop_table(table)


def _on_sqlite(
    name: str, verb: str, table: str, columns: tuple[str, ...], act: str
) -> tuple[str, ...]:
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    of = f" OF {', '.join(columns)}" if columns else ""
    when = f" WHEN {changed}" if changed else ""
    return (f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{when} BEGIN {act}; END",)


def _on_postgresql(
    name: str, verb: str, table: str, columns: tuple[str, ...], act: str
) -> tuple[str, ...]:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    when = f" WHEN ({changed})" if changed else ""
    done = f"$$ BEGIN {act}; RETURN NULL; END $$"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}",
        f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()",
    )


def _tables() -> None:
    op.create_table(
        LINE,
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f(f"fk_{LINE}_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f(f"pk_{LINE}")),
    )
    op.create_table(
        AREAS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{AREAS}")),
    )
    op.create_index(f"ix_{AREAS}_framework_id", AREAS, ["framework_id"])
    op.create_table(
        MONEY,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MONEY}")),
    )
    op.create_index(f"ix_{MONEY}_framework_id", MONEY, ["framework_id"])
