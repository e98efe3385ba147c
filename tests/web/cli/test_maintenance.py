from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.sign_ins import leave_sign_ins, sign_ins
from tests.web.cli.conftest import PUBLISHED, PrimeMover
from tests.web.cli.test_installing import PROGRAMMES
from workflow.clock import utc_now
from workflow.database import connect
from workflow.people.commands import add_person


def test_sweeping_an_empty_house_settles_nothing(primemover: PrimeMover) -> None:
    said = primemover("sweep")

    assert (said.exit_code, said.output) == (0, "0 rounds settled by time.\n")


def test_sweeping_removes_ended_sessions_and_failures_that_no_longer_count(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    long_ago = utc_now() - timedelta(days=1)
    database = connect(sqlite_url)
    with Session(database) as session, session.begin():
        ada = add_person(session, "ada@example.org", "Ada", "long enough for her", now=long_ago)
        leave_sign_ins(session, ada, long_ago)

    said = primemover("sweep")

    with Session(database) as session:
        assert sign_ins(session) == (0, 0)
    assert said.output.endswith("Ended sessions and old failures to sign in: 3 removed.\n")
    database.dispose()


def test_untouched_histories_verify(primemover: PrimeMover) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("import", "programmes", PROGRAMMES)

    said = primemover("verify")

    assert said.exit_code == 0
    assert "Everything is as it was recorded." in said.output


def test_an_altered_row_fails_the_verification_by_name(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("import", "programmes", PROGRAMMES)
    with connect(sqlite_url).begin() as connection:
        ref = connection.scalar(
            text("select ref from lifecycle_case where subject = 'programme' and stage <> 'end'")
        )
        connection.execute(
            text("update lifecycle_case set state = 'closed', stage = 'end' where ref = :ref"),
            {"ref": ref},
        )
        other = connection.scalar(
            text("select count(*) from lifecycle_case where ref = :ref"), {"ref": ref}
        )

    said = primemover("verify")

    assert other == 1
    assert said.exit_code == 1
    assert str(ref) in said.stderr


def test_the_result_of_a_verification_is_kept_for_the_auditors(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("import", "programmes", PROGRAMMES)

    primemover("verify")

    with connect(sqlite_url).begin() as connection:
        (kept,) = connection.execute(
            text("select way, differences, ended_at is not null, cases from verification")
        ).all()
    assert tuple(kept)[:3] == ("command", 0, 1)
    assert kept.cases > 1
