"""Programs whose clock can be set while they run: by a file that says how many seconds it is off."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.nursery.clock import SET_BY
from tests.support.programs import ROOT, Program, started

# Read by every Python that begins with this folder on its path, as children of programs may be.
FAKE = """
import datetime, pathlib, sys
import workflow.clock as clock
true = clock.utc_now
def utc_now():
    said = pathlib.Path({file!r}).read_text()
    return true() + datetime.timedelta(seconds=float(said or 0))
clock.utc_now = utc_now
"""


class SetClock:
    """The clock of the programs that are begun with it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "seconds_off"
        self.path = folder / "set_clock"
        self.path.mkdir()
        (self.path / "sitecustomize.py").write_text(FAKE.format(file=str(self._file)))
        self.set(timedelta())

    def set(self, off: timedelta) -> None:
        """Set the clock so far from the true time, in one go."""
        new = self._file.with_suffix(".new")
        new.write_text(str(off.total_seconds()))
        new.replace(self._file)

    @contextmanager
    def started(self, *words: str, **settings: Any) -> Iterator[Program]:
        """The command line with these words and settings, by this clock."""
        more = {"PYTHONPATH": f"{self.path}{os.pathsep}{ROOT}", SET_BY: str(self._file)}
        with started(*words, more=more, **settings) as begun:
            yield begun
