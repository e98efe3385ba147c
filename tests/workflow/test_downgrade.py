"""Going back to an earlier revision: what is lost is told before, and trying changes nothing."""

import pytest
from sqlalchemy import text

from tests.workflow.audit.recorded import record_all
from workflow.audit.verification.verify import verify
from workflow.database import connect, migrate
from workflow.downgrade import is_back, losses, refuse_unknown, take_back
from workflow.errors import Invalid
from workflow.phrase import Phrase
from workflow.revision import known, revisions
from workflow.schema import drift


def told(lost: list[Phrase]) -> list[str]:
    return list(map(str, lost))


def execute(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_nothing_is_lost_where_later_revisions_hold_nothing(database_url: str) -> None:
    assert losses(database_url, revisions()[-3]) == []


def test_what_later_revisions_hold_is_told_by_table_and_column(database_url: str) -> None:
    execute(
        database_url,
        "insert into verification (way, asked_at, cases, events, rows, erased, differences, "
        "first_ref, first_sentence) "
        "values ('page', '2026-03-02 12:00:00', 1, 1, 1, 0, 0, '', '')",
    )

    assert told(losses(database_url, "0011")) == ["1 row of the table verification"]


def test_what_is_made_anew_by_itself_is_no_loss(database_url: str) -> None:
    execute(
        database_url,
        "insert into heartbeat (kind, process, fault) values ('sweep', 'one', '')",
    )

    assert losses(database_url, "0014") == []


def test_what_a_column_holds_by_default_is_no_loss_and_anything_else_is(database_url: str) -> None:
    execute(database_url, "insert into party (key, kind, name) values ('a', 'office', 'A')")
    by_default = told(losses(database_url, "0028"))

    execute(database_url, "update party set languages = 'en fr' where key = 'a'")

    assert by_default == []
    assert told(losses(database_url, "0028")) == [
        "what 1 row of the table party holds as languages"
    ]


def test_on_what_footing_a_case_stands_is_no_loss_since_its_events_tell(database_url: str) -> None:
    execute(database_url, "update lifecycle_case set footing = 'kept'")

    assert losses(database_url, "0031") == []


def test_trying_changes_nothing(database_url: str) -> None:
    engine = connect(database_url)
    record_all(engine, "SSC-1")

    losses(database_url, "0001")

    assert drift(database_url) == []
    assert verify(engine).sound
    engine.dispose()


def test_the_tables_are_taken_back_and_come_forth_again(database_url: str) -> None:
    take_back(database_url, "0014")
    back = is_back(database_url, "0013"), is_back(database_url, known())

    migrate(database_url)

    assert back == (True, False)
    assert drift(database_url) == []


def test_a_revision_that_nobody_had_is_refused() -> None:
    with pytest.raises(Invalid, match=f"no revision 0815; this program knows 0001 to {known()}"):
        refuse_unknown("0815")
