import pytest

from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import SECRET
from web.cli.output import told
from workflow.errors import Incomplete, Invalid, NotFound
from workflow.phrase import phrase


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"port": "x"}, "PRIMEMOVER_PORT must be a whole number from 1 to 65535.\n"),
        ({"database_url": "mysql://u:hidden@h/d"}, "PRIMEMOVER_DATABASE_URL must be"),
        ({"secret_key": "short"}, "PRIMEMOVER_SECRET_KEY is shorter than 32 characters."),
        ({}, "PRIMEMOVER_SECRET_KEY is missing."),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_status_two(
    primemover: PrimeMover, settings: dict[str, str], sentence: str
) -> None:
    said = primemover("run", **settings)

    assert said.exit_code == 2
    assert sentence in said.stderr
    assert "Traceback" not in said.output
    assert "hidden" not in said.output


def test_an_unreachable_database_is_a_sentence(primemover: PrimeMover) -> None:
    nowhere = "postgresql://someone:hidden@127.0.0.1:1/none"

    said = primemover("sweep", database_url=nowhere)

    assert said.exit_code == 1
    assert said.stderr.startswith("The database cannot be used:")
    assert "See that its server runs" in said.stderr
    assert "primemover migrate" not in said.stderr
    assert "hidden" not in said.output


def test_a_database_without_tables_is_a_sentence(
    primemover: PrimeMover, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.db"

    swept = primemover("sweep", database_url=empty)
    run = primemover("run", database_url=empty, secret_key=SECRET)

    assert (swept.exit_code, run.exit_code) == (1, 1)
    assert "primemover migrate" in swept.stderr
    assert "primemover migrate" in run.stderr


def test_a_refusal_lists_everything_it_names() -> None:
    missing = Incomplete(phrase("Not complete."), (phrase("Objective"), phrase("Budget")))
    wrong = Invalid(
        phrase("Two faults."), {"email": phrase("Not an address."), "name": phrase("Empty.")}
    )

    assert told(missing) == "Not complete.\n  Objective\n  Budget"
    assert told(wrong) == "Two faults.\n  email: Not an address.\n  name: Empty."
    assert told(NotFound(phrase("There is none."))) == "There is none."


def test_a_refusal_of_one_field_says_what_is_wrong_with_it_and_says_it_once() -> None:
    apart = Invalid(phrase("Some of it cannot be."), {"lead": phrase("No country is called xxx.")})
    alone = Invalid(phrase("Not an address."), {"email": phrase("Not an address.")})

    assert told(apart) == "Some of it cannot be.\n  lead: No country is called xxx."
    assert told(alone) == "Not an address."


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["run"],
        ["demo"],
        ["migrate"],
        ["user", "add"],
        ["import", "programmes"],
        ["lifecycle", "check"],
        ["lifecycle", "publish"],
        ["sweep"],
        ["verify"],
    ],
)
def test_every_command_explains_itself(primemover: PrimeMover, words: list[str]) -> None:
    said = primemover(*words, "--help")

    assert said.exit_code == 0
    assert "Usage: " in said.output
