"""The operational log: one JSON object a line, each with the id of the request it belongs to."""

import logging
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

from workflow.faults.outages import said
from workflow.faults.repetition import Sparing

log = structlog.get_logger("primemover")
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
    """Write JSON lines in UTC to standard error, only warnings where `quiet`.

    Control characters are escaped by the encoder, so that nothing a browser sends forges a line.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        logger_factory=_standard_error,
    )
    pool = logging.getLogger("sqlalchemy.pool")
    pool.handlers, pool.propagate = [ToThisLog(logging.WARNING)], False


def _standard_error(*_names: Any) -> structlog.PrintLogger:
    """A logger on what standard error is at this moment."""
    return structlog.PrintLogger(sys.stderr)


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
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


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
