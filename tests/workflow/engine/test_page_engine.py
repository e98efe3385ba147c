"""One reading for a page, which ends before anything is written."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.support.statements import asked
from tests.workflow.engine.lifecycles import edited, put
from workflow.assembly.engine import open_engine
from workflow.engine.commands.open_case import publish
from workflow.engine.engine import Engine
from workflow.engine.page_engine import PageEngine
from workflow.engine.texts.models import LifecycleTexts
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.texts.translation import Translation
from workflow.people.models import Party

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url, lambda: NOON)
    yield engine
    engine.database.dispose()


@pytest.fixture
def page(engine: Engine) -> Iterator[PageEngine]:
    page = PageEngine(engine)
    yield page
    page.let_go()


def enter(engine: Engine, key: str) -> None:
    with engine.transaction() as session:
        session.add(Party(key=key, kind="organisation", name=key))


def parties(engine: Engine) -> int:
    with engine.reading() as session:
        return session.scalar(select(func.count()).where(Party.kind == "organisation")) or 0


def test_everything_is_read_in_one_transaction(page: PageEngine) -> None:
    with asked(page.database) as found:
        parties(page)
        parties(page)

    assert (len(found.readings), found.read) == (1, 2)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_one_state_of_things_is_seen_throughout(engine: Engine, page: PageEngine) -> None:
    """An SQLite file that is being read is not written to."""
    before = parties(page)
    enter(engine, "one")

    after = parties(page)

    assert (before, after) == (0, 0)


def test_what_the_page_wrote_is_read_afterwards(page: PageEngine) -> None:
    before = parties(page)
    enter(page, "one")

    after = parties(page)

    assert (before, after) == (0, 1)


def test_a_reading_beside_an_open_transaction_does_not_outlive_it(page: PageEngine) -> None:
    with page.transaction() as session:
        session.add(Party(key="one", kind="organisation", name="one"))
        seen = parties(page)

    assert (seen, parties(page)) == (0, 1)


def test_a_question_that_the_database_refuses_does_not_spoil_the_next(page: PageEngine) -> None:
    with suppress(DBAPIError), page.reading() as session:
        session.execute(text("select nothing from nowhere"))

    assert parties(page) == 0


def test_letting_go_gives_the_connection_back(engine: Engine, page: PageEngine) -> None:
    parties(page)

    page.let_go()

    enter(engine, "one")
    assert parties(page) == 1


def test_the_definitions_are_those_of_the_engine(engine: Engine, page: PageEngine) -> None:
    assert page.now() == NOON
    assert page.database is engine.database


@pytest.fixture
def in_french(engine: Engine) -> Iterator[PageEngine]:
    page = PageEngine(engine, lambda: "fr")
    yield page
    page.let_go()


def published(engine: Engine, version: str, label: str) -> int:
    """A version of the standard, with what its first state is called in French."""
    definition = from_tables(edited(put("version", version)), "next.toml")
    number = publish(engine, definition)
    made = Translation(definition.key, definition.digest, "fr", {"states.draft.label": label})
    with engine.transaction() as session:
        session.add(
            LifecycleTexts(
                definition_id=number, language="fr", digest=made.digest, body=made.body, at=NOON
            )
        )
    return number


def first_state(engine: Engine, number: int) -> str:
    return engine.definition(number).states["draft"].label


def test_a_lifecycle_is_in_the_words_of_the_page_each_version_in_its_own(
    engine: Engine, page: PageEngine, in_french: PageEngine
) -> None:
    numbers = published(engine, "4", "Brouillon"), published(engine, "5", "Ébauche")

    assert [first_state(in_french, each) for each in numbers] == ["Brouillon", "Ébauche"]
    assert [first_state(page, each) for each in numbers] == ["Draft", "Draft"]
    assert [first_state(engine, each) for each in numbers] == ["Draft", "Draft"]
    assert in_french.as_published(numbers[0]).states["draft"].label == "Draft"


def test_what_is_written_is_in_the_words_that_were_published(
    engine: Engine, in_french: PageEngine
) -> None:
    number = published(engine, "4", "Brouillon")
    before = first_state(in_french, number)

    with in_french.writing() as under_way:
        inside = (
            in_french.definition(number, under_way.session),
            in_french.definition_of(under_way, number),
        )

    assert [each.states["draft"].label for each in inside] == ["Draft", "Draft"]
    assert (before, first_state(in_french, number)) == ("Brouillon", "Brouillon")


def test_texts_entered_later_are_read_by_the_next_page(engine: Engine) -> None:
    number = published(engine, "4", "Brouillon")
    seen = []

    for label in ("Ébauche", "Projet"):
        page = PageEngine(engine, lambda: "fr")
        seen.append(first_state(page, number))
        page.let_go()
        published(engine, "4", label)

    assert seen == ["Brouillon", "Ébauche"]


def test_which_texts_there_are_is_asked_once_a_page_and_never_for_english(
    engine: Engine, page: PageEngine, in_french: PageEngine
) -> None:
    number = published(engine, "4", "Brouillon")
    first_state(in_french, number)
    in_french.let_go()

    with asked(engine.database) as french:
        first_state(in_french, number)
        first_state(in_french, number)
    with asked(engine.database) as english:
        first_state(page, number)

    assert (french.read, english.read) == (1, 0)
