"""Migrations: up, down, up again with data, and always to what the models say."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, TextClause, inspect, select, text

from tests.support.databases import empty_postgresql
from tests.workflow.audit.recorded import record_all
from workflow.audit.append_only import closed
from workflow.audit.verification.verify import verify
from workflow.database import connect, migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config
from workflow.revision import revisions
from workflow.schema import METADATA, drift, drift_at_start, ours

REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(alembic_config("")).walk_revisions()))
]
CLOSING, LOG, QUEUE, MONEY = "0002", "0010", "0019", "0059"
OF_THE_LOG = re.compile(r"the log|log_entry|checkpoint")
OF_MONEY = re.compile("money_|rate")
PARTNERS, OF_PARTNERS = "0076", re.compile("sanctions_")


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def migrate_down(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`; what later revisions held is lost."""
    command.downgrade(alembic_config(url), revision)


def test_revisions_are_numbered_in_one_line() -> None:
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_the_names_of_the_files_tell_the_revisions() -> None:
    assert list(revisions()) == REVISIONS


def test_a_migrated_database_is_what_the_models_say(database_url: str) -> None:
    assert drift(database_url) == []


def test_migrations_make_every_detail_of_the_models(empty_url: str, empty: Engine) -> None:
    METADATA.create_all(empty)
    meant = details(empty)
    METADATA.drop_all(empty)

    migrate(empty_url)

    assert details(empty) == meant


@dataclass(frozen=True, slots=True)
class Walk:
    """What a database was on the way up revision by revision, down again, and up at once."""

    closed: Mapping[str, tuple[str, ...]]
    left: set[str]
    drift: Sequence[str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def walk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """The way up, down and up again, gone once for all that is asked of it."""
    on_sqlite = request.param == "sqlite"
    file = f"sqlite:///{tmp_path_factory.mktemp('walk') / 'empty.sqlite'}"
    empty: AbstractContextManager[str] = nullcontext(file) if on_sqlite else empty_postgresql()
    with empty as url:
        engine = connect(url)
        yield walked(url, engine)
        engine.dispose()


def walked(url: str, engine: Engine) -> Walk:
    sentences = {}
    for revision in REVISIONS:
        migrate(url, revision)
        with engine.connect() as connection:
            sentences[revision] = tuple(closed(connection))
    for revision in [*reversed(REVISIONS[:-1]), "base"]:
        migrate_down(url, revision)
    left = tables(engine)
    migrate(url)
    return Walk(sentences, left, drift(url))


def test_every_revision_can_be_stepped_up_and_down(walk: Walk) -> None:
    assert list(walk.closed) == REVISIONS
    assert walk.left == set()


def test_up_again_after_down_is_what_the_models_say(walk: Walk) -> None:
    assert walk.drift == []


def test_triggers_survive_every_later_revision(walk: Walk) -> None:
    sentences = {
        revision: tuple(
            each
            for each in said
            if (revision >= MONEY or not OF_MONEY.search(each))
            and (revision >= PARTNERS or not OF_PARTNERS.search(each))
        )
        for revision, said in walk.closed.items()
    }

    assert {sentences[revision] for revision in REVISIONS if CLOSING <= revision < LOG} == {
        sentences[CLOSING]
    }
    assert all(OF_THE_LOG.search(sentence) for sentence in sentences[CLOSING])
    assert [revision for revision in REVISIONS if not sentences[revision]] == [
        revision for revision in REVISIONS if revision >= LOG
    ]


def test_down_to_the_tables_and_up_keeps_what_was_recorded_but_for_what_is_told_as_lost(
    database_url: str,
) -> None:
    engine = connect(database_url)
    record_all(engine, "SSC-1")
    before = content(engine)

    told = [str(each) for each in losses(database_url, "0001")]
    migrate_down(database_url, "0001")
    migrate(database_url)

    assert "1 row of the table import_difference" in told
    assert content(engine) == before | {"import_difference": []}
    assert verify(engine).sound
    assert drift(database_url) == []
    engine.dispose()


def test_down_to_nothing_takes_what_was_recorded_with_it(database_url: str) -> None:
    engine = connect(database_url)
    record_all(engine, "SSC-1")

    migrate_down(database_url, "base")

    assert tables(engine) == set()
    engine.dispose()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    engine = connect(database_url)
    before = content(engine)

    migrate(database_url)

    assert content(engine) == before
    engine.dispose()


def test_the_register_stands_ready(database_url: str) -> None:
    engine = connect(database_url)
    cases = METADATA.tables["lifecycle_case"].c

    with engine.connect() as connection:
        register = connection.execute(
            select(cases.ref, cases.subject, cases.state, cases.stage, cases.head_seq)
        ).all()

    assert register == [("REGISTER", "register", "open", "end", 0)]
    engine.dispose()


def test_a_database_behind_is_told_to_migrate(empty_url: str) -> None:
    migrate(empty_url, "0001")

    (sentence,) = drift(empty_url)

    assert sentence.startswith("The database is at revision 0001")


@pytest.mark.parametrize(
    ("statement", "at_start"),
    [
        ("alter table programme add column colour varchar(9)", True),
        ("create table shadow (id integer)", True),
        ("drop index ix_event_type_at", False),
        ("drop table programme_goal", True),
    ],
)
def test_a_database_that_somebody_changed_is_told_and_what_is_amiss_of_a_table_at_a_start_as_well(
    database_url: str, statement: str, *, at_start: bool
) -> None:
    before = drift_at_start(database_url)

    execute(database_url, statement)

    found = drift(database_url)
    assert (before, len(found)) == ([], 1)
    assert drift_at_start(database_url) == (found if at_start else [])


def test_an_open_trail_is_told(sqlite_url: str) -> None:
    execute(sqlite_url, "drop trigger event_no_update")

    (sentence,) = drift(sqlite_url)

    assert "event is not closed to UPDATE" in sentence
    assert drift_at_start(sqlite_url) == [sentence]


def test_private_states_are_read_from_what_was_published_before(
    empty_url: str, empty: Engine
) -> None:
    silent = {"initial": "sketch", "states": [["sketch", {}], ["sent", {}]]}
    saying = {"initial": "a", "states": [["a", {"private": False}], ["b", {"private": True}]]}
    migrate(empty_url, "0013")
    with empty.begin() as connection:
        for number, body in enumerate((silent, saying), 1):
            connection.execute(
                text(
                    "insert into definition_version (id, key, version, digest, body, published_at) "
                    "values (:id, 'k', '1', :digest, :body, :at)"
                ),
                {
                    "id": number, "digest": str(number), "body": json.dumps(body).encode(),
                    "at": "2026-03-02T12:00:00+00:00",
                },
            )  # fmt: skip

    migrate(empty_url)

    with empty.connect() as connection:
        assert rows(connection, "private_state") == [(1, "sketch"), (2, "b")]


def test_the_time_of_the_last_event_is_read_from_the_trail(database_url: str) -> None:
    engine = connect(database_url)
    record_all(engine, "SSC-1")
    cases, events = METADATA.tables["lifecycle_case"].c, METADATA.tables["event"].c
    kept = select(cases.head_at, events.at).join(
        METADATA.tables["event"], (events.case_id == cases.id) & (events.seq == cases.head_seq)
    )

    migrate_down(database_url, "0022")
    migrate(database_url)

    with engine.connect() as connection:
        found = connection.execute(kept).all()
    engine.dispose()
    assert len(found) == 3
    assert all(head == event for head, event in found)


def test_seats_learn_the_round_that_they_belong_to(database_url: str) -> None:
    engine = connect(database_url)
    record_all(engine, "SSC-1")
    of_seats = (
        "select seat.round_key, round.key from seat join round on round.id = seat.round_id "
        "where round.key <> ''"
    )
    migrate_down(database_url, REVISIONS[REVISIONS.index(QUEUE) - 1])

    migrate(database_url)

    with engine.connect() as connection:
        found = connection.execute(text(of_seats)).all()
    assert found
    assert all(copied == key for copied, key in found)
    engine.dispose()


def execute(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def content(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {name: rows(connection, name) for name in METADATA.tables}


def rows(connection: Connection, name: str) -> list[Any]:
    table = METADATA.tables[name]
    return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]


def details(engine: Engine) -> dict[str, Any]:
    """Columns, keys, indexes with their conditions, and checks of every table."""
    inspector = inspect(engine)
    return {
        name: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            ],
            "key": inspector.get_pk_constraint(name),
            "foreign": keys_to_others(inspector.get_foreign_keys(name)),
            "unique": by_name(inspector.get_unique_constraints(name)),
            "indexes": by_name(inspector.get_indexes(name)),
            "checks": by_name(inspector.get_check_constraints(name)),
        }
        for name in sorted(tables(engine))
        if ours(name, "table", {})
    }


def keys_to_others(keys: Any) -> list[str]:
    """What refers where; SQLite tells no name of one that came with its column."""
    return sorted(repr(plain({**key, "name": ""})) for key in keys)


def by_name(things: Any) -> list[tuple[str, str]]:
    named = ((thing["name"], thing) for thing in things)
    return sorted((name, repr(plain(thing))) for name, thing in named if ours(name, "index", {}))


def plain(thing: Any) -> Any:
    """A reflected thing with its conditions as text, so that two can be compared."""
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in thing.items()}
    return str(thing) if isinstance(thing, TextClause) else thing
