"""What stands in a database, and a reason in it that somebody will want gone."""

import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import select, text

from tests.support.administration import plain
from tests.support.world import World
from workflow.database import connect
from workflow.engine.document_models import Attachment

SECRET = "Because Graca Mabunda has told me so in confidence."
DIRECTOR = "elena.petrova@demo.example"
RULE = ("--basis", "Rule 7", "--by", DIRECTOR)


def kept(url: str) -> int:
    database, value = connect(url), {"v": SECRET}
    with database.connect() as connection:
        found = connection.scalar(text("select count(*) from opening where value = :v"), value)
    database.dispose()
    return int(found or 0)


def answered(world: World) -> tuple[str, int]:
    """A reason that somebody will want gone, and where it stands."""
    ref = world.programme("consultation")
    seq = world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET).seq
    return ref, seq


def bare(url: str, file: Path) -> Path:
    """A backup as older releases wrote it: the database alone."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as whole, sqlite3.connect(file) as to:
            whole.backup(to)
        whole.close()
        to.close()
        return file
    program = shutil.which("pg_dump")
    os.system(f"{program} --format=custom --no-owner --file={file} {plain(url)}")
    return file


def named(url: str) -> set[str]:
    """The attached files that the database names."""
    database = connect(url)
    with database.connect() as connection:
        found = set(connection.scalars(select(Attachment.digest)))
    database.dispose()
    return found
