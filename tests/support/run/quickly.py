"""What makes in-process tests quick without changing what they test."""

import gc
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import Pool

from tests.support.connections import OPENED
from tests.support.sizes import SIZE
from workflow import database
from workflow.engine import engine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader import files
from workflow.lifecycles.loader.files import from_body, load_file
from workflow.people import passwords

# Slow on purpose in service; tests/workflow/people/test_passwords.py holds the true parameters.
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TRUE = passwords.HASHER
MANY_STATEMENTS = 5000
# How much is made anew before the collector of garbage looks at it, and at what is older.
SELDOM = (20_000, 20, 20)
FIRST: dict[str, Engine] = {}
LOADED: dict[tuple[str, bytes], Definition] = {}


def make_quick() -> None:
    """Spend no time of this process on what every test would only repeat."""
    passwords.HASHER = QUICK
    event.listen(Pool, "checkout", _unsynchronised)
    _replace(database, "create_engine", _engine_that_remembers)
    _replace(engine, "from_body", cache(from_body))
    _replace(files, "load_file", _loaded_once)  # For the tests, which are read in after this.
    gc.set_threshold(*SELDOM)
    gc.disable()  # What is read in and collected now stays.
    if not SIZE:  # Examples of a proof may be any constant of the code, which is parsed for them.
        _replace(providers, "_get_local_constants", Constants)


def leave_alone_what_stays() -> None:
    """Have the collector of garbage pass over what was loaded for the whole run."""
    gc.freeze()
    gc.enable()


def _replace(module: object, name: str, by: Callable[..., object]) -> None:
    setattr(module, name, by)


def _loaded_once(path: Path) -> Definition:
    """The definition in a file, read once for the same bytes; what is refused is read each time."""
    try:
        read = path.name, path.read_bytes()
    except OSError:
        return load_file(path)
    if read not in LOADED:
        LOADED[read] = load_file(path)
    return LOADED[read]


def _unsynchronised(connection: object, _record: object, _proxy: object) -> None:
    """Leave it to the disk when to write: nobody cuts a test's power."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous=off")


def _engine_that_remembers(url: str, **options: Any) -> Engine:
    """An engine that knows every statement compiled by another one in this process."""
    made = create_engine(url, query_cache_size=MANY_STATEMENTS, **options)
    first = FIRST.setdefault(made.dialect.name, made)
    if hasattr(first.dialect, "default_isolation_level"):
        made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
    else:  # The first one never connected, and knows nothing of its server yet.
        FIRST[made.dialect.name] = made
    OPENED.append(made)
    return made
