"""A definition named on the command line: a file, or a published version."""

from pathlib import Path

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.published.named import named_version
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file


def is_file(name: str) -> bool:
    """Whether a file is meant: it has the ending of one, or stands in a folder."""
    return name.endswith(".toml") or "/" in name


def definition_named(session: Session | None, engine: Engine | None, name: str) -> Definition:
    """The definition in a file, or the published one called `key`, `key@version` or `key@mark`."""
    if is_file(name) or session is None or engine is None:
        return load_file(Path(name))
    return named_version(session, engine, name)[1]
