"""A definition named on the command line: a file, or a published version."""

from pathlib import Path

from web.cli.output import opened
from workflow.engine.published.named import named_version
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file


def definition_named(name: str) -> Definition:
    """The definition in a file, or the published one called `key`, `key@version` or `key@mark`.

    A file is meant by the ending of one, or by a folder. Refuses what there is not.
    """
    if not is_file(name):
        engine = opened()
        with engine.reading() as session:
            return named_version(session, engine, name)[1]
    return load_file(Path(name))


def is_file(name: str) -> bool:
    """Whether a name means a file: by its ending, or by a folder in it."""
    return name.endswith(".toml") or "/" in name
