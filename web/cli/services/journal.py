"""The journal: what processes without pages say, each line with its time in UTC, level and kind."""

import logging
import sys
import time

# Whose lines are taken at level info already; of everybody else's only warnings.
OURS = ("workflow", "web")
# The queue of jobs would bring a manner of its own where it finds none here.
QUEUE = "dbos"


class Journal(logging.Handler):
    """Writes to what standard error is at this moment, so that every line can be told from others."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, a traceback too, with the same beginning before each of its lines."""
        begins = f"{_instant(record)} {record.levelname.lower()} {self._kind}: "
        lines = self.format(record).splitlines() or [""]
        sys.stderr.write("".join(f"{begins}{line}\n" for line in lines))
        sys.stderr.flush()


def keep_journal(kind: str) -> None:
    """Have this process say what it logs as lines of its kind, from here on."""
    for name in ("", QUEUE):
        logger = logging.getLogger(name)
        logger.handlers = [each for each in logger.handlers if not isinstance(each, Journal)]
        logger.addHandler(Journal(kind))
    logging.getLogger(QUEUE).propagate = False
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def _instant(record: logging.LogRecord) -> str:
    return (
        f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03}Z"
    )
