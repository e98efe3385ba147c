"""A clock of the product that a file moves, in a process that has read the product in already."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from workflow import clock

# Names the file, in the environment of whoever is begun.
SET_BY = "CLOCK_SET_BY"


def shift(file: Path) -> None:
    """Have the product's clock go wrong by as many seconds as the file says."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=float(file.read_text() or 0))

    vars(clock)["datetime"] = Shifted
