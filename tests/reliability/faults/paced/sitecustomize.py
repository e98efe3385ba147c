"""What a process under trial is begun with: a clock that a file can move, a quota, and shorter waits.

Python reads this module at the start of every process that has this folder on its path, so that
whatever the product itself begins is under the same clock.
"""

import importlib
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from os import environ
from pathlib import Path
from types import ModuleType
from typing import Any

SHIFT = Path(environ["PRIMEMOVER_TRIAL"]) / "shift"
QUICK = environ.get("PRIMEMOVER_TRIAL_PACE") == "quick"


class Shifted(datetime):
    """The time of day, moved by the seconds that the file holds."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The present instant of a clock that may be wrong."""
        try:
            seconds = float(SHIFT.read_text(encoding="ascii") or 0)
        except (FileNotFoundError, ValueError):
            seconds = 0.0
        return datetime.now(tz) + timedelta(seconds=seconds)


def _clock(module: Any) -> None:
    module.datetime = Shifted


def _mailer(module: Any) -> None:
    module.FIRST_WAIT, module.CLAIM = timedelta(seconds=2), timedelta(seconds=10)


def _sequencer(module: Any) -> None:
    module.LEASE = timedelta(seconds=6)


def _jobs(module: Any) -> None:
    sooner = {module.SWEEP: "*/4 * * * * *", module.POST: "*/3 * * * * *"}
    module.EVERY = tuple(
        module.Every(each.job, sooner.get(each.job, each.when)) for each in module.EVERY
    )


def _database(module: Any) -> None:
    # Only now is there a database to bound: most processes begin without one.
    bounded = importlib.import_module("quota").bounded
    connect = module.connect
    module.connect = lambda *given, **named: bounded(connect(*given, **named))


TOUCHES: dict[str, Callable[[Any], None]] = {
    "workflow.clock": _clock,
    "workflow.database": _database,
}
if QUICK:
    TOUCHES |= {
        "workflow.notices.mailer": _mailer,
        "workflow.tlog.store.sequencer": _sequencer,
        "workflow.background.jobs": _jobs,
    }


class Touching(MetaPathFinder):
    """Hands every module named above to its touch, once it has been read."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's own spec, whose loader touches it afterwards."""
        if fullname not in TOUCHES:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is None or spec.loader is None:
            return None
        read = spec.loader.exec_module

        def touched(module: ModuleType) -> None:
            read(module)
            TOUCHES[fullname](module)

        vars(spec.loader)["exec_module"] = touched
        return spec


sys.meta_path.insert(0, Touching())
