"""Appointments from before are tied to no body, and what refers to them stands, up and down."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from workflow.database import connect, migrate
from workflow.migration.upgrade import alembic_config

(ON_A_BODY,) = Path("migrations/versions").resolve().glob("*_appointments_on_a_body.py")
BEFORE = f"{int(ON_A_BODY.name[:4]) - 1:04}"
TWICE = (
    "INSERT INTO appointment (person_id, role, party_id, starts_on, letter) "
    "SELECT person_id, role, party_id, starts_on, '' FROM appointment WHERE id = 1"
)


def appointments(url: str) -> list[tuple[object, ...]]:
    database = connect(url)
    with database.connect() as connection:
        found = connection.execute(
            text("SELECT id, person_id, role, party_id, starts_on FROM appointment ORDER BY id")
        )
        rows = [tuple(row) for row in found]
    database.dispose()
    return rows


def tied(world: World, columns: str) -> int:
    with world.engine.database.connect() as connection:
        return connection.execute(text(f"SELECT {columns}")).scalar_one()


@pytest.mark.proof(either=True)
def test_appointments_stand_as_they_were_and_are_tied_to_nothing(world: World) -> None:
    world.programme("screening")
    world.honest = False
    before = appointments(world.url)
    command.downgrade(alembic_config(world.url), BEFORE)
    old = appointments(world.url)

    migrate(world.url)

    assert old == before == appointments(world.url)
    assert tied(world, "count(body_id) FROM appointment") == 0
    assert tied(world, "count(bench_id) FROM seat") == 0
    assert tied(world, "count(*) FROM sign_off WHERE appointment_id IS NOT NULL") > 0
    with world.engine.database.begin() as connection, pytest.raises(Exception, match=r"(?i)unique"):
        connection.execute(text(TWICE))
