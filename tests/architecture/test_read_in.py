"""What a process of each kind has read in when it begins, asked in processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.conftest import SECRET

HEAVY = ("alembic", "dbos", "fontTools", "lxml", "pydantic", "typst", "xlsxwriter")
PAGES = ("babel", "flask", "jinja2", "wtforms", "rich", "web.app")


def read_in(module: str) -> set[str]:
    """Every module that is there when this one has been read in."""
    program = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def test_a_process_of_pages_has_no_use_for_fonts_print_migrations_and_jobs() -> None:
    there = read_in("web.app")

    assert there & {*HEAVY, "cryptography"} == set()
    assert "flask" in there


@pytest.mark.proof(apart=True)
def test_a_process_of_pages_that_owes_letters_knows_no_queue_of_jobs(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIMEMOVER_HOME", str(tmp_path))
    monkeypatch.setenv("PRIMEMOVER_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PRIMEMOVER_SECRET_KEY", SECRET)
    monkeypatch.setenv("PRIMEMOVER_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("PRIMEMOVER_BACKGROUND", "false")

    there = read_in("wsgi")

    assert there & {"dbos", "alembic"} == set()
    assert "web.app" in there


@pytest.mark.parametrize(
    "module", ["web.cli.services.worker", "web.cli.services.log_signer", "web.cli.people"]
)
@pytest.mark.proof(apart=True)
def test_a_command_has_no_use_for_pages(module: str) -> None:
    there = read_in(module)

    assert there & {*HEAVY, *PAGES} == set()
    assert "sqlalchemy" in there
