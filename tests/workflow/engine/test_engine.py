from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from workflow.assembly.engine import open_engine
from workflow.engine.commands.open_case import publish
from workflow.engine.engine import Engine
from workflow.errors import NotFound, Stale
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Party
from workflow.phrase import phrase

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STANDARD = Path("config/lifecycles/programme-standard.toml")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url, lambda: NOON)
    yield engine
    engine.database.dispose()


def enter(session: Session, key: str) -> None:
    session.add(Party(key=key, kind="organisation", name=key))
    session.flush()


def parties(engine: Engine) -> int:
    with engine.reading() as session:
        return session.scalar(select(func.count()).where(Party.kind == "organisation")) or 0


def test_a_transaction_keeps_its_work(engine: Engine) -> None:
    with engine.transaction() as session:
        enter(session, "one")

    assert parties(engine) == 1


@pytest.mark.parametrize(
    "fault", [Stale(phrase("moved on")), ZeroDivisionError(), KeyboardInterrupt()]
)
def test_a_transaction_that_ends_badly_leaves_nothing(engine: Engine, fault: BaseException) -> None:
    def fail() -> None:
        with engine.transaction() as session:
            enter(session, "one")
            raise fault

    with pytest.raises(type(fault)):
        fail()

    assert parties(engine) == 0


def test_what_is_written_while_reading_is_never_kept(engine: Engine) -> None:
    with suppress(DBAPIError), engine.reading() as session:
        enter(session, "one")

    assert parties(engine) == 0


def test_reading_goes_on_beside_an_open_transaction(engine: Engine) -> None:
    with engine.transaction() as session:
        enter(session, "one")

        seen = parties(engine)

    assert seen == 0


def test_the_time_is_the_clocks(engine: Engine) -> None:
    assert engine.now() == NOON


def test_a_definition_is_read_once_and_the_newest_is_the_published_one(engine: Engine) -> None:
    definition_id = publish(engine, load_file(STANDARD))

    published_id, definition = engine.published("programme-standard")

    assert published_id == definition_id
    assert definition == load_file(STANDARD)
    assert engine.definition(definition_id) is definition


def test_an_unpublished_lifecycle_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound, match="No lifecycle called nothing is published"):
        engine.published("nothing")
    with pytest.raises(NotFound, match="id 99"):
        engine.definition(99)


def test_the_lifecycle_for_everything_is_offered_first_whenever_it_was_published(
    engine: Engine,
) -> None:
    read = [load_file(file) for file in sorted(STANDARD.parent.glob("*.toml"))]
    for each in read:
        publish(engine, each)

    offered = [each.key for _, each in engine.offered()]
    general = engine.general()

    begun = [each for each in read if each.subject == engine.domain.subject]
    others = [each.key for each in begun if each.key != "programme-standard"]
    assert len(others) > 1
    assert offered == ["programme-standard", *others]
    assert general is not None
    assert general[1].key == "programme-standard"


def test_a_reading_sees_one_state_of_things(engine: Engine) -> None:
    with engine.reading() as session:
        before = session.scalar(select(func.count()).select_from(Party))
        if engine.database.dialect.name == "postgresql":
            with engine.transaction() as writing:
                enter(writing, "one")

        after = session.scalar(select(func.count()).select_from(Party))

    assert before == after
