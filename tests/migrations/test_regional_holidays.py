"""Calendars that take the holidays of a region keep their days when the region is forgotten."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from workflow.database import connect, migrate
from workflow.migration.upgrade import alembic_config

(REGIONAL,) = Path("migrations/versions").resolve().glob("*_regional_holidays.py")
BEFORE = f"{int(REGIONAL.name[:4]) - 1:04}"
PARTY = "insert into party (key, kind, name) values ('ind', 'country', 'India')"
KEPT = """insert into party_calendar (party_id, since, weekend, zone, source, edition, closed)
values ((select id from party where key = 'ind'), '2026-05-01', 'sunday', 'Asia/Kolkata', 'IND-KA', 'holidays 1', '2026-11-01')"""


def test_a_region_becomes_its_country_and_the_days_stay(database_url: str) -> None:
    database = connect(database_url)
    with database.begin() as connection:
        connection.execute(text(PARTY))
        connection.execute(text(KEPT))

    command.downgrade(alembic_config(database_url), BEFORE)
    with database.begin() as connection:
        before = connection.execute(text("select source, closed from party_calendar")).one()
    migrate(database_url)
    with database.begin() as connection:
        after = connection.execute(text("select source, closed from party_calendar")).one()

    database.dispose()
    assert tuple(before) == tuple(after) == ("IND", "2026-11-01")
