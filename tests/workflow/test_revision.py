"""The revision of the tables on both databases: no program writes to those of another release."""

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from tests.support.statements import asked
from workflow.database import connect, reading, transaction
from workflow.downgrade import take_back
from workflow.errors import OtherSchema
from workflow.revision import ASKS_EVERY, RevisionWatch, known, refuse_newer, revisions
from workflow.schema import drift

NEWER = "9999"


class Stopwatch:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.ran = 0.0

    def __call__(self) -> float:
        return self.ran


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def watch(database: Database, stopwatch: Stopwatch) -> RevisionWatch:
    return RevisionWatch(database, stopwatch)


def set_revision(url: str, revision: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :it"), {"it": revision})
    engine.dispose()


def write(database: Database) -> None:
    with transaction(database) as session:
        session.execute(text("update log_signer set refusal = 'written'"))


def written(database: Database) -> bool:
    with reading(database) as session:
        return session.scalar(text("select refusal from log_signer")) == "written"


def test_tables_that_the_program_knows_are_written_to(
    watch: RevisionWatch, database: Database
) -> None:
    watch.refuse_other()

    write(database)

    assert written(database)


def test_an_old_program_writes_nothing_to_tables_that_were_migrated_while_it_ran(
    watch: RevisionWatch, stopwatch: Stopwatch, database: Database, database_url: str
) -> None:
    watch.refuse_other()
    set_revision(database_url, NEWER)
    stopwatch.ran = ASKS_EVERY

    with pytest.raises(OtherSchema, match=f"of revision {NEWER}; this program knows {known()}"):
        write(database)

    assert not written(database)


def test_a_new_program_writes_nothing_to_tables_that_were_taken_back(
    watch: RevisionWatch, stopwatch: Stopwatch, database: Database, database_url: str
) -> None:
    write(database)
    take_back(database_url, revisions()[-2])
    stopwatch.ran = ASKS_EVERY

    with pytest.raises(OtherSchema, match=r"primemover migrate$"):
        write(database)


def test_a_refused_transaction_leaves_its_connection_good(
    watch: RevisionWatch, stopwatch: Stopwatch, database: Database, database_url: str
) -> None:
    set_revision(database_url, NEWER)
    for _ in range(40):
        with pytest.raises(OtherSchema):
            write(database)

    assert not written(database)


def test_it_goes_on_once_the_tables_are_those_again(
    watch: RevisionWatch, database: Database, database_url: str
) -> None:
    set_revision(database_url, NEWER)
    with pytest.raises(OtherSchema):
        watch.refuse_other()
    set_revision(database_url, known())

    write(database)

    assert written(database)


def test_it_asks_once_in_five_seconds(
    watch: RevisionWatch, stopwatch: Stopwatch, database: Database
) -> None:
    write(database)

    with asked(database) as found:
        for _ in range(20):
            stopwatch.ran += ASKS_EVERY / 21
            write(database)

    assert not [each for each in found.writings if "alembic_version" in " ".join(each.statements)]


def test_an_empty_database_is_told_to_be_migrated(empty_postgresql_url: str) -> None:
    engine = connect(empty_postgresql_url)

    with pytest.raises(OtherSchema, match="no tables in this database yet"):
        RevisionWatch(engine).refuse_other()

    engine.dispose()


def test_drift_and_migration_refuse_what_a_newer_release_migrated(database_url: str) -> None:
    set_revision(database_url, NEWER)

    with pytest.raises(OtherSchema, match="is older than they are"):
        drift(database_url)
    with pytest.raises(OtherSchema, match="is older than they are"):
        refuse_newer(database_url)
