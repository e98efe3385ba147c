"""Copies of what was prepared for races."""

from functools import partial
from pathlib import Path

import pytest

from tests.reliability.grounds import Copies
from tests.support import databases


@pytest.fixture(params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest, tmp_path: Path) -> Copies:
    """Hands out fresh copies of a template, on each kind of database in turn."""
    if request.param == "postgresql":
        return databases.fresh_postgresql
    return partial(databases.fresh_sqlite, tmp_path)
