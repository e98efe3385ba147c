from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.database import connect
from workflow.errors import NotFound
from workflow.frameworks.commands import seed_frameworks
from workflow.frameworks.models import Framework, FrameworkArea
from workflow.frameworks.queries import framework_list, framework_page, titled, years_of


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = connect(database_url)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def test_the_seven_frameworks_and_three_funds_are_entered_once(session: Session) -> None:
    first = seed_frameworks(session)

    second = seed_frameworks(session)

    assert first == second
    assert sorted(first) == [
        *("F1", "F2", "F3", "F4", "F5", "F6", "F7"),
        *("IBSA", "INUN", "PGTF"),
    ]
    assert session.scalar(select(func.count()).select_from(Framework)) == 10
    assert session.scalar(select(func.count()).select_from(FrameworkArea)) == 7


def test_a_framework_that_was_edited_stays_as_it_is(session: Session) -> None:
    ids = seed_frameworks(session)
    session.get_one(Framework, ids["F4"]).note = "Symbol confirmed."
    session.flush()

    seed_frameworks(session)

    assert session.get_one(Framework, ids["F4"]).note == "Symbol confirmed."


def test_frameworks_are_listed_newest_first_and_funds_after_them(session: Session) -> None:
    seed_frameworks(session)

    lines = framework_list(session)

    assert [line.key for line in lines] == [
        *("F7", "F6", "F5", "F4", "F3", "F2", "F1"),
        *("INUN", "IBSA", "PGTF"),
    ]


def test_a_page_tells_what_the_documents_say(session: Session) -> None:
    seed_frameworks(session)

    page = framework_page(session, "F3")

    assert (page.line.first_year, page.line.last_year, page.line.symbol) == (
        2005,
        2007,
        "DP/CF/SSC/3",
    )
    assert page.resources_usd_per_year == 3_500_000
    assert page.themes[0] == "policy dialogue for development"
    assert len(page.line.areas) == 7


def test_an_unknown_framework_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match="no framework called F9"):
        framework_page(session, "F9")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Strategic framework", "Strategic framework, 2022–2025"),
        ("Strategic framework, 2022–2025", "Strategic framework, 2022–2025"),
        ("Framework of 2022 to 2025", "Framework of 2022 to 2025"),
        ("After the review of 2022", "After the review of 2022, 2022–2025"),
    ],
)
def test_a_framework_is_called_by_its_years_once(title: str, said: str) -> None:
    assert titled(Framework(title=title, first_year=2022, last_year=2025)) == said


def test_a_framework_of_one_year_or_without_an_end_says_one_year() -> None:
    assert [years_of(2026, 2026), years_of(2026, 2029)] == ["2026", "2026–2029"]
