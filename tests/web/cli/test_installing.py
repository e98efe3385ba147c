import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.support.sign_ins import verify_password
from tests.web.cli.conftest import PUBLISHED, STANDARD, PrimeMover
from tests.web.conftest import PASSWORD
from workflow.assembly.engine import open_engine
from workflow.database import connect
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.people.queries import offices

PROGRAMMES = Path("config/reference/programmes.csv").resolve()


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


def cases(engine: Engine) -> int:
    with engine.reading() as session:
        counted = select(func.count()).where(LifecycleCase.subject == "programme")
        return session.scalar(counted) or 0


def test_migrating_twice_is_fine(primemover: PrimeMover, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"

    said = [primemover("migrate", database_url=url) for _ in range(2)]
    checked = primemover("migrate", "--check", database_url=url)

    assert [each.exit_code for each in said] == [0, 0]
    assert checked.output == "The tables are up to date.\n"


def test_checking_without_a_database_checks_the_migrations_and_makes_none(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    said = primemover("migrate", "--check", database_url=f"sqlite:///{tmp_path}/none.db")

    assert said.exit_code == 0
    assert "There is no database yet" in said.output
    assert not (tmp_path / "none.db").exists()


def test_a_database_that_differs_fails_the_check(primemover: PrimeMover, sqlite_url: str) -> None:
    with connect(sqlite_url).begin() as connection:
        connection.execute(text("create table stray (id integer primary key)"))

    said = primemover("migrate", "--check")

    assert said.exit_code == 1
    assert "stray" in said.stderr


def test_the_first_person_can_sign_in(
    primemover: PrimeMover, engine: Engine, password_file: Path
) -> None:
    said = primemover(
        *("user", "add", "amina@example.org", "--name", "Amina Diallo"),
        *("--role", "pivotal_focal", "--party", "BRA", "--password-file", password_file),
    )

    assert said.exit_code == 0, said.output
    with engine.transaction() as session:
        now = open_engine(str(engine.database.url)).now()
        person = verify_password(session, "amina@example.org", PASSWORD, now=now)
        assert person is not None
        (office,) = offices(session, person, now.date())
    assert (office.role, office.party_key, office.party_name) == ("pivotal_focal", "bra", "Brazil")
    assert PASSWORD not in said.output


@pytest.mark.parametrize(
    "command",
    [
        ("migrate",),
        ("lifecycle", "publish", *PUBLISHED),
        ("user", "add", "a@b.example"),
        ("run",),
        ("worker",),
    ],
)
def test_a_secret_that_can_be_guessed_is_refused_from_the_first_command_on(
    primemover: PrimeMover, password_file: Path, command: tuple[str | Path, ...]
) -> None:
    options = (
        "--name",
        "A",
        "--role",
        "auditor",
        "--party",
        "BRA",
        "--password-file",
        password_file,
    )

    said = primemover(
        *command, *(options if command[0] == "user" else ()), secret_key="change-me-" * 5
    )

    assert said.exit_code == 2
    assert said.stderr.startswith("PRIMEMOVER_SECRET_KEY can be guessed. Make one with: ")


@pytest.mark.parametrize(
    ("email", "party", "password", "sentence"),
    [
        ("amina@example.org", "BRA", "short", "at least 12 characters"),
        ("amina@example.org", "BRA", "", "is empty"),
        (
            "amina@example.org",
            "nobody",
            PASSWORD,
            "There is no party called nobody. Name a country by its three letters, or one of: ",
        ),
        ("amina", "BRA", PASSWORD, "is not an e-mail address."),
    ],
)
def test_a_person_with_a_fault_is_not_entered(
    primemover: PrimeMover,
    password_file: Path,
    email: str,
    party: str,
    password: str,
    sentence: str,
) -> None:
    password_file.write_text(password, encoding="utf-8")

    said = primemover(
        *("user", "add", email, "--name", "Amina", "--role", "auditor"),
        *("--party", party, "--password-file", password_file),
    )

    assert said.exit_code == 1
    assert sentence in said.stderr


def test_the_first_administrator_is_made_by_one_word(
    primemover: PrimeMover, engine: Engine, password_file: Path
) -> None:
    asked = ("user", "add", "naledi@example.org", "--name", "Naledi")
    primemover("lifecycle", "publish", *PUBLISHED)

    refused = primemover(*asked, "--administrator", "--role", "auditor")
    without = primemover(*asked, "--password-file", password_file)
    said = primemover(*asked, "--administrator", "--password-file", password_file)

    assert (refused.exit_code, without.exit_code, said.exit_code) == (2, 2, 0), said.output
    assert "leave --role and --party" in refused.stderr
    with engine.reading() as session:
        (office,) = offices(session, 1, open_engine(str(engine.database.url)).now().date())
    assert (office.role, office.party_key) == ("administrator", "special-unit")


def test_a_misspelt_role_is_refused_with_those_there_are(
    primemover: PrimeMover, password_file: Path
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)

    said = primemover(
        *("user", "add", "amina@example.org", "--name", "Amina", "--role", "auditer"),
        *("--party", "BRA", "--password-file", password_file),
    )

    assert said.exit_code == 1
    assert said.stderr.startswith("There is no role called auditer. Roles are: ")
    assert " submitter," in said.stderr


def test_a_new_party_is_entered_by_its_name(primemover: PrimeMover, password_file: Path) -> None:
    said = primemover(
        *("user", "add", "amina@example.org", "--name", "Amina", "--role", "auditor"),
        *("--party", "audit-office", "--party-name", "Audit Office"),
        *("--password-file", password_file),
    )

    assert said.exit_code == 0, said.output


def test_a_sound_lifecycle_is_published_once(primemover: PrimeMover, engine: Engine) -> None:
    checked = primemover("lifecycle", "check", *PUBLISHED)
    published = [primemover("lifecycle", "publish", *PUBLISHED) for _ in range(2)]

    assert "sound" in checked.output
    assert [each.exit_code for each in published] == [0, 0]
    assert engine.published("programme-standard")[0] == len(PUBLISHED)


def test_a_faulty_lifecycle_is_told_whole_and_not_published(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    faulty = tmp_path / "faulty.toml"
    written = STANDARD.read_text(encoding="utf-8")
    faulty.write_text(written.replace('stage = "proposal"', 'stage = "nowhere"'), encoding="utf-8")

    checked = primemover("lifecycle", "check", *PUBLISHED, faulty)
    published = primemover("lifecycle", "publish", faulty)

    assert (checked.exit_code, published.exit_code) == (1, 1)
    assert checked.stderr.count("nowhere") >= 3
    assert f"1 of {len(PUBLISHED) + 1} files cannot be published." in checked.stderr


def test_programmes_are_imported_once_and_a_dry_run_keeps_nothing(
    primemover: PrimeMover, engine: Engine
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)

    dry = primemover("import", "programmes", PROGRAMMES, "--dry-run")
    after_dry = cases(engine)
    first = primemover("import", "programmes", PROGRAMMES)
    again = primemover("import", "programmes", PROGRAMMES)

    with PROGRAMMES.open(encoding="utf-8") as file:
        rows = len(list(csv.DictReader(file)))
    assert dry.output == f"{rows} created, 0 changed, 0 unchanged; nothing was kept.\n"
    assert after_dry == 0
    assert first.output == f"{rows} created, 0 changed, 0 unchanged.\n"
    assert again.output == f"0 created, 0 changed, {rows} unchanged.\n"
    assert cases(engine) == rows


def test_a_faulty_file_is_told_whole_and_nothing_of_it_is_kept(
    primemover: PrimeMover, engine: Engine, tmp_path: Path
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    lines = PROGRAMMES.read_text(encoding="utf-8").splitlines(keepends=True)
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("".join([*lines[:4], "P900,,no,such\n", "P901,,x,y\n"]), encoding="utf-8")

    said = primemover("import", "programmes", faulty)

    assert said.exit_code == 1
    assert "line 5" in said.stderr
    assert "line 6" in said.stderr
    assert cases(engine) == 0


def test_importing_without_a_lifecycle_says_what_is_missing(primemover: PrimeMover) -> None:
    said = primemover("import", "programmes", PROGRAMMES)

    assert said.exit_code == 1
    assert "No lifecycle is offered." in said.stderr


def test_going_back_says_what_is_lost_and_waits_for_a_word(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    primemover("verify")

    refused = primemover("migrate", "--to", "0011")
    done = primemover("migrate", "--to", "0011", "--accept-loss")
    after = primemover("verify")
    again = primemover("migrate")

    assert refused.exit_code == 1
    assert "  1 row of the table verification\nNothing was changed." in refused.stderr
    assert "primemover backup FILE" in refused.stderr
    assert done.output.startswith("The tables are back at revision 0011.\nLost: 1 row of the table")
    assert after.exit_code == 1
    assert after.stderr.startswith("The tables are of revision 0011; this program knows ")
    assert again.output == "The tables are up to date.\n"


def test_going_back_where_nothing_is_lost_just_goes(primemover: PrimeMover) -> None:
    said = primemover("migrate", "--to", "0014")

    assert said.exit_code == 0
    assert "Start the release that they belong to" in said.output


def test_tables_of_a_newer_release_are_told_in_a_sentence_by_every_command(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    with connect(sqlite_url).begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))

    said = [primemover(*words) for words in (["migrate"], ["verify"], ["sweep"], ["worker"])]

    told = {each.stderr.partition(";")[0] for each in said}
    assert told == {"The tables are of revision 9999"}
    assert {each.exit_code for each in said} == {1}
