"""The operational log: one JSON object a line, each with the id of the request it belongs to."""

import json
import logging
import secrets
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from traceback import format_exception
from typing import Any

from flask import Flask, Response, g, request

from workflow.faults.outages import said
from workflow.faults.repetition import Sparing

# Which request is being answered, for lines that are written without knowing of it.
_ANSWERED: ContextVar[str] = ContextVar("request", default="")


class Log:
    """Writes what happened as one JSON object a line, to what standard error is at that moment.

    Control characters are escaped by the encoder, so that nothing a browser sends forges a line.
    """

    def __init__(self) -> None:
        self.quiet = False
        self._one_at_a_time = Lock()

    def info(self, event: str, **told: Any) -> None:
        """Write what is usual, unless only warnings are wanted."""
        if not self.quiet:
            self._write("info", event, told)

    def warning(self, event: str, **told: Any) -> None:
        """Write what somebody should look at one day."""
        self._write("warning", event, told)

    def error(self, event: str, raised: BaseException | None = None, /, **told: Any) -> None:
        """Write what went wrong, with the traceback of what was raised if anything was."""
        if raised is not None:
            told["exception"] = "".join(format_exception(raised)).rstrip()
        self._write("error", event, told)

    def _write(self, level: str, event: str, told: dict[str, Any]) -> None:
        known = {"request": _ANSWERED.get()} if _ANSWERED.get() else {}
        at = datetime.now(UTC).replace(tzinfo=None).isoformat() + "Z"
        line = {"event": event, **told, **known, "level": level, "timestamp": at}
        with self._one_at_a_time:
            sys.stderr.write(json.dumps(line, default=repr) + "\n")
            sys.stderr.flush()


log = Log()
# Of what goes wrong for everybody at once, one line of each kind is written in a while.
sparing: Sparing[tuple[str, str]] = Sparing()


class ToThisLog(logging.Handler):
    """Takes what libraries log of a broken connection, a line where they would write a traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line, sparingly."""
        fault = record.exc_info[1] if record.exc_info else None
        log_sparingly(
            "database.complained",
            record.getMessage().partition("\n")[0],
            fault=said(fault) if fault else "",
        )


def log_sparingly(event: str, kind: str, **told: str) -> None:
    """Write a line at level error, unless one of its kind was written a moment ago."""
    left_out = sparing.left_out((event, kind), time.monotonic())
    if left_out is not None:
        log.error(event, kind=kind, **told, left_out=left_out)


def configure(*, quiet: bool) -> None:
    """Log only warnings where `quiet`, and of the pool of connections what it complains of."""
    log.quiet = quiet
    pool = logging.getLogger("sqlalchemy.pool")
    pool.handlers, pool.propagate = [ToThisLog(logging.WARNING)], False


def follow_requests(app: Flask) -> None:
    """Give each request an id, show it in the answer, and log how the request went."""
    app.before_request(_begin)
    app.after_request(_end)


def _path() -> str:
    """The path asked for; of one that lets whoever knows it in, only what leads to it."""
    rule = request.url_rule
    secret = rule is not None and "<token>" in rule.rule
    return rule.rule if rule is not None and secret else request.path


def _begin() -> None:
    """Name the request."""
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    _ANSWERED.set(g.request_id)


def _end(response: Response) -> Response:
    """Log method, path, status and time; never a body, a query or a cookie."""
    response.headers["X-Request-Id"] = g.get("request_id", "")
    for (event, kind), count in sparing.overdue(time.monotonic()).items():
        log.error(event, kind=kind, left_out=count)
    if request.endpoint != "assets.serve":
        log.info(
            "request.answered",
            method=request.method,
            path=_path(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000),
            person=getattr(g.get("person"), "id", None),
        )
    return response
