"""Records that were merged and brought back before stand under no other from now on; those kept still do."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from workflow.database import connect, migrate
from workflow.migration.upgrade import alembic_config

(BACK,) = Path("migrations/versions").resolve().glob("*_records_brought_back.py")
BEFORE = f"{int(BACK.name[:4]) - 1:04}"
CASE = text(
    "insert into lifecycle_case (ref, subject, title, state, stage, version, head_seq, entered_at, "
    "opened_at, footing, parent_id) values (:ref, 'programme', :ref, 'active', 'implementation', 1, "
    "0, '2026-03-02 12:00:00', '2026-03-02 12:00:00', :footing, "
    "(select id from lifecycle_case where ref = 'P-1'))"
)


def test_only_what_is_kept_stays_under_its_parent(database_url: str) -> None:
    database = connect(database_url)
    command.downgrade(alembic_config(database_url), BEFORE)
    with database.begin() as connection:
        for ref, footing in (("P-1", "record"), ("P-2", "record"), ("P-3", "kept")):
            connection.execute(CASE, {"ref": ref, "footing": footing})

    migrate(database_url)

    under = text(
        "select c.ref, p.ref from lifecycle_case c left join lifecycle_case p "
        "on p.id = c.parent_id where c.ref like 'P-%' order by c.ref"
    )
    with database.begin() as connection:
        found = {row[0]: row[1] for row in connection.execute(under)}
    database.dispose()
    assert found == {"P-1": None, "P-2": None, "P-3": "P-1"}
