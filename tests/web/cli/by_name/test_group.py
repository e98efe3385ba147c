import os
import subprocess
import sys

import click
import pytest

from tests.web.cli.conftest import PUBLISHED, PrimeMover
from web.cli import main
from web.cli.by_name.commands import COMMANDS

# What reading the database, the pages and the migrations in takes most of a start.
HEAVY = ("sqlalchemy", "flask", "alembic", "pydantic", "rich", "dbos", "babel", "config.settings")


def read_in(*words: str) -> set[str]:
    """The modules that a process of its own has read in when the command has ended."""
    program = (
        "import sys\n"
        "from web.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def test_a_command_behind_which_nobody_reads_any_more_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = "from web.cli import main; main()"
    words = ("lifecycle", "check", *PUBLISHED)

    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)

    assert ran.returncode == 1
    assert ran.stderr == ""


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_reads_in_neither_database_nor_pages(word: str) -> None:
    there = read_in(word)

    assert there & set(HEAVY) == set()
    assert "click" in there


def test_help_lists_every_command_by_its_sentence(primemover: PrimeMover) -> None:
    said = primemover("--help")

    assert said.exit_code == 0
    lines = [line for line in said.output.partition("Commands:\n")[2].splitlines() if line]
    assert [line.split()[0] for line in lines] == sorted(COMMANDS)
    assert "user        Enter people who can sign in." in said.output


def test_a_name_that_is_nearly_one_is_answered_by_the_right_one(primemover: PrimeMover) -> None:
    said = primemover("usr")

    assert said.exit_code == 2
    assert "No such command 'usr'. Did you mean 'user'?" in said.stderr


def test_a_bug_shows_itself_whole(primemover: PrimeMover, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def broken() -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(main, "get_command", lambda _ctx, _name: broken)
    said = primemover("broken")

    assert isinstance(said.exception, KeyError)
    assert said.stderr == ""
