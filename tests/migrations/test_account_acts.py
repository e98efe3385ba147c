"""Links that were made before are kept both ways, as shown to whoever made them."""

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from workflow.database import connect, migrate
from workflow.migration.upgrade import alembic_config

# The revision before this one, whatever its number.
(BEFORE,) = (
    str(script.down_revision)
    for script in ScriptDirectory.from_config(alembic_config("")).walk_revisions()
    if script.path.endswith("_account_acts.py")
)
MADE = (
    "insert into invitation (id, person_id, token_hash, made_at, expires_at) "
    "select 1, id, {token}, '2026-03-01 09:30:00', '2026-03-08 09:30:00' from person limit 1"
)


def test_a_link_made_before_was_shown_and_goes_back(house_url: str) -> None:
    engine = connect(house_url)
    token = f"x'{'ab' * 32}'" if engine.dialect.name == "sqlite" else f"'\\x{'ab' * 32}'::bytea"
    command.downgrade(alembic_config(house_url), BEFORE)
    with engine.begin() as connection:
        connection.execute(text(MADE.format(token=token)))

    migrate(house_url)
    with engine.begin() as connection:
        found = connection.execute(text("select made_by, shown from invitation")).one()
    command.downgrade(alembic_config(house_url), BEFORE)

    with engine.begin() as connection:
        kept = connection.execute(text("select count(*) from invitation")).scalar_one()
    engine.dispose()
    assert (found.made_by, bool(found.shown), kept) == (None, True, 1)
