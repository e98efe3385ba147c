"""An office opens on an empty PostgreSQL database by its pages alone, after the README's commands."""

import shlex
from pathlib import Path

from config.settings import Settings
from tests.browser.acts.first_programme import (
    COMMANDS,
    Staff,
    enter,
    install,
    whole_way,
)
from tests.support.applications import an_app
from tests.support.pages.readers import Reader
from tests.support.visitors import SECRET
from workflow.assembly.engine import open_engine
from workflow.audit.verification.verify import verify

PLACE = "On PostgreSQL with several processes that answer:"


def test_the_readme_types_these_commands_before_it_serves_and_no_others() -> None:
    block = Path("README.md").read_text(encoding="utf-8").partition(PLACE)[2].split("```")[1]
    lines = [line for line in block.splitlines() if line.startswith(".venv/bin/primemover ")]

    typed = [tuple(shlex.split(line)[1:]) for line in lines]

    assert [each[:2] for each in typed] == [*(each[:2] for each in COMMANDS), ("run",)]
    assert (typed[1], typed[2][-1]) == (COMMANDS[1], COMMANDS[2][-1])


def test_an_empty_office_is_set_up_by_its_pages_and_signs_its_first_programme(
    postgresql_url: str, tmp_path: Path
) -> None:
    install(tmp_path, database_url=postgresql_url)
    engine = open_engine(postgresql_url)
    settings = Settings.read(home=tmp_path, database_url=postgresql_url, secret_key=SECRET)
    app = an_app(settings, engine)

    last = whole_way(Staff(lambda: Reader(app.test_client())), enter(Reader(app.test_client())))

    last.reads("The programme stands in “Inception” now.")
    assert verify(engine.database).sound
    engine.database.dispose()
