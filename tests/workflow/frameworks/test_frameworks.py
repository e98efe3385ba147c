from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.database import connect
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound
from workflow.frameworks.commands import seed_frameworks
from workflow.frameworks.models import Framework, FrameworkArea
from workflow.frameworks.queries import framework_list, framework_page
from workflow.programmes.models import Programme
from workflow.vocabulary import Stage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = connect(database_url)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def a_programme(session: Session, ref: str, stage: Stage, framework: int | None) -> None:
    case = LifecycleCase(
        ref=ref,
        subject="programme",
        title=ref,
        state=stage.value,
        stage=stage.value,
        entered_at=NOW,
        opened_at=NOW,
    )
    session.add(case)
    session.flush()
    session.add(Programme(case_id=case.id, framework_id=framework))
    session.flush()


def test_the_seven_frameworks_are_entered_once(session: Session) -> None:
    first = seed_frameworks(session)

    second = seed_frameworks(session)

    assert first == second
    assert sorted(first) == ["F1", "F2", "F3", "F4", "F5", "F6", "F7"]
    assert session.scalar(select(func.count()).select_from(Framework)) == 7
    assert session.scalar(select(func.count()).select_from(FrameworkArea)) == 7


def test_a_framework_that_was_edited_stays_as_it_is(session: Session) -> None:
    ids = seed_frameworks(session)
    session.get_one(Framework, ids["F4"]).note = "Symbol confirmed."
    session.flush()

    seed_frameworks(session)

    assert session.get_one(Framework, ids["F4"]).note == "Symbol confirmed."


def test_frameworks_are_listed_newest_first(session: Session) -> None:
    seed_frameworks(session)

    lines = framework_list(session)

    assert [line.key for line in lines] == ["F7", "F6", "F5", "F4", "F3", "F2", "F1"]
    assert {line.total for line in lines} == {0}


def test_a_page_counts_programmes_by_stage(session: Session) -> None:
    ids = seed_frameworks(session)
    a_programme(session, "ONE", Stage.PROPOSAL, ids["F3"])
    a_programme(session, "TWO", Stage.PROPOSAL, ids["F3"])
    a_programme(session, "THREE", Stage.END, ids["F3"])
    a_programme(session, "FOUR", Stage.PROPOSAL, ids["F4"])
    a_programme(session, "FIVE", Stage.PROPOSAL, None)

    page = framework_page(session, "F3")

    assert page.line.programmes == {
        Stage.PROPOSAL: 2,
        Stage.CONSULTATION: 0,
        Stage.APPROVAL: 0,
        Stage.IMPLEMENTATION: 0,
        Stage.EVALUATION: 0,
        Stage.END: 1,
    }
    assert page.line.total == 3


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
