from sqlalchemy import text

from tests.web.cli.conftest import STANDARD, PrimeMover
from tests.web.cli.test_installing import PROGRAMMES
from workflow.database import connect


def test_sweeping_an_empty_house_settles_nothing(primemover: PrimeMover) -> None:
    said = primemover("sweep")

    assert (said.exit_code, said.output) == (0, "0 rounds settled by time.\n")


def test_untouched_histories_verify(primemover: PrimeMover) -> None:
    primemover("lifecycle", "publish", STANDARD)
    primemover("import", "programmes", PROGRAMMES)

    said = primemover("verify")

    assert said.exit_code == 0
    assert "Everything is as it was recorded." in said.output


def test_an_altered_row_fails_the_verification_by_name(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    primemover("lifecycle", "publish", STANDARD)
    primemover("import", "programmes", PROGRAMMES)
    with connect(sqlite_url).begin() as connection:
        ref = connection.scalar(text("select ref from lifecycle_case where subject='programme'"))
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
    primemover("lifecycle", "publish", STANDARD)
    primemover("import", "programmes", PROGRAMMES)

    primemover("verify")

    with connect(sqlite_url).begin() as connection:
        (kept,) = connection.execute(
            text("select way, differences, ended_at is not null, cases from verification")
        ).all()
    assert tuple(kept)[:3] == ("command", 0, 1)
    assert kept.cases > 1
