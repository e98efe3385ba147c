"""A PostgreSQL database that served one test serves the next as if it were new."""

import psycopg
import pytest

from tests.support import databases, reused
from tests.support.administration import connected
from tests.support.reused import LeftOpen
from tests.support.world import HOUSE, World

pytestmark = pytest.mark.postgresql

REFUSES_NOTHING = (
    "create or replace function refuse_change() returns trigger language plpgsql as "
    "$$ begin return null; end $$"
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reused, "PATIENCE", 0.2)


@pytest.fixture
def used() -> str:
    """The name of a database in which a programme went through its consultation."""
    with databases.fresh_postgresql(HOUSE) as url:
        world = World(url)
        world.programme("lead_group")
        world.close()
    return url.rpartition("/")[2]


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and where every sequence stands."""
    with connected(url) as connection:
        kinds = connection.execute(
            "select relname from pg_class where relkind in ('r', 'S')"
            " and relnamespace = 'public'::regnamespace"
        )
        hidden = {"log_cnt"}
        found = {}
        for (name,) in kinds.fetchall():
            asked = connection.execute(f'select * from "{name}"')
            columns = [column.name for column in asked.description or ()]
            found[name] = sorted(
                (tuple(v for c, v in zip(columns, row, strict=True) if c not in hidden)
                 for row in asked), key=repr,
            )  # fmt: skip
        return found


def test_it_holds_again_what_its_template_holds(used: str) -> None:
    with databases.fresh_postgresql() as other, databases.fresh_postgresql(HOUSE) as new:
        assert used in {url.rpartition("/")[2] for url in (other, new)}
        first = contents(new)
    with databases.fresh_postgresql(HOUSE) as url:
        world = World(url)
        world.programme("consultation")
        world.close()
        changed = contents(url)
    with databases.fresh_postgresql(HOUSE) as url:
        assert changed != first
        assert contents(url) == first


@pytest.mark.parametrize(
    "statement",
    [
        "alter table event disable trigger event_closed",
        "drop trigger event_to_log on event",
        "create table mark (id integer)",
        "alter table person add column shoe_size integer",
        REFUSES_NOTHING,
    ],
)
def test_it_is_not_used_again_after_more_than_rows_has_changed(statement: str) -> None:
    with databases.fresh_postgresql() as url, connected(url) as connection:
        connection.execute(statement)

    with databases.fresh_postgresql() as again:
        assert again != url


def test_a_connection_left_open_is_blamed_on_the_test_that_left_it() -> None:
    left: list[psycopg.Connection] = []

    def test() -> None:
        with databases.fresh_postgresql() as url:
            left.append(connected(url))
            left[0].execute("select 'forgotten'")

    with pytest.raises(LeftOpen, match="select 'forgotten'"):
        test()
    left[0].close()


def test_it_serves_on_after_a_test_had_every_connection_ended() -> None:
    with databases.fresh_postgresql(HOUSE) as url, connected(url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )

    with databases.fresh_postgresql(HOUSE) as url:
        assert contents(url)["person"]
