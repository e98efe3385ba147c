"""Orders of dossiers become orders of files, and those of dossiers go back, with all they say."""

import json

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from tests.support.world import World
from workflow.database import connect, migrate
from workflow.dossiers.orders import request_of
from workflow.migration.upgrade import alembic_config
from workflow.orders.models import FileOrder

pytestmark = pytest.mark.proof(apart=True)

# The revision before this one, whatever its number.
(BEFORE,) = (
    script.down_revision
    for script in ScriptDirectory.from_config(alembic_config("")).walk_revisions()
    if script.path.endswith("_file_orders.py")
)
SAID = (
    "id, person_id, ref, bare, since, language, state, token, tries, ordered_at, begun_at, ended_at"
)
ROWS = f"select {SAID}, log_size, log_root, problem from dossier_order order by id"


def orders(connection: Connection, person: int, blob: str) -> None:
    """One that waits and one that is ready."""
    instant = "2026-03-01 09:30:00.250000"
    for number, state, at in ((1, "ready", f"'{instant}'"), (2, "waiting", "null")):
        connection.execute(
            text(
                f"insert into dossier_order ({SAID}, log_size, log_root, problem) values "
                f"({number}, {person}, 'SSC-2026-00{number}', {'true' if number == 1 else 'false'}, "
                f"{7 if number == 1 else 'null'}, 'fr', '{state}', 'token-{number}', 1, '{instant}', "
                f"{at}, {at}, 12, {blob}, '')"
            )
        )


def test_orders_of_dossiers_are_kept_both_ways(house_url: str) -> None:
    world = World(house_url)
    person = world.person("marie.laurent")
    world.close()
    engine = connect(house_url)
    blob = f"x'{'ab' * 32}'" if engine.dialect.name == "sqlite" else f"'\\x{'ab' * 32}'::bytea"
    command.downgrade(alembic_config(house_url), str(BEFORE))
    with engine.begin() as connection:
        orders(connection, person, blob)
        before = connection.execute(text(ROWS)).all()

    migrate(house_url)
    with engine.begin() as connection:
        found = connection.execute(
            text("select id, kind, wanted, made, alive_at from file_order order by id")
        ).all()
    engine.dispose()
    command.downgrade(alembic_config(house_url), str(BEFORE))

    with engine.begin() as connection:
        after = connection.execute(text(ROWS)).all()
    engine.dispose()
    assert len(before) == 2
    assert after == before
    assert [row.kind for row in found] == ["dossier", "dossier"]
    assert json.loads(found[0].made) == {"log_root": "ab" * 32, "log_size": 12}
    first = FileOrder(ref="SSC-2026-001", person_id=person, wanted=found[0].wanted)
    assert (request_of(first).bare, request_of(first).since) == (True, 7)


def test_the_next_order_takes_the_next_number(house_url: str) -> None:
    world = World(house_url)
    person = world.person("marie.laurent")
    world.close()
    engine = connect(house_url)
    blob = f"x'{'ab' * 32}'" if engine.dialect.name == "sqlite" else f"'\\x{'ab' * 32}'::bytea"
    command.downgrade(alembic_config(house_url), str(BEFORE))
    with engine.begin() as connection:
        orders(connection, person, blob)
        connection.execute(text("delete from dossier_order where state = 'waiting'"))
    migrate(house_url)

    with engine.begin() as connection:
        columns = (
            "person_id, kind, ref, wanted, language, state, token, tries, ordered_at, made, problem"
        )
        connection.execute(
            text(
                f"insert into file_order ({columns}) values ({person}, 'events', '', '{{}}', 'en', "
                "'waiting', 'another', 0, '2026-03-02 00:00:00.000000', '{}', '')"
            )
        )
        numbers = list(connection.scalars(text("select id from file_order order by id")))

    engine.dispose()
    assert numbers == [1, 2]
