"""Going through one's queue: how it was narrowed, kept in the addresses of its seats."""

from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy.orm import Session

from web.access import engine, now, person
from workflow.engine.pages.review import ReviewPage
from workflow.engine.queue.neighbours import Neighbours, neighbours
from workflow.engine.queue.query import QueueFilters
from workflow.free_text import searched

KEPT = ("office", "stage", "country", "due", "text")
NARROWED_BY = (*KEPT, "after")


def filters() -> QueueFilters:
    """What the address narrows the queue to."""
    asked: dict[str, Any] = {name: searched(request.args.get(name, "")) for name in NARROWED_BY}
    return QueueFilters(**asked)


def kept(narrowed: QueueFilters) -> dict[str, Any]:
    """What an address says so that the seats beside it are those of the queue as it was left."""
    return {name: value for name in KEPT if (value := getattr(narrowed, name))}


def suffix(narrowed: QueueFilters) -> str:
    """The same at the end of an address that asks for something already."""
    return f"&{urlencode(kept(narrowed))}" if kept(narrowed) else ""


def beside(session: Session, page: ReviewPage) -> Neighbours | None:
    """The seats beside the one that a page has chosen, in the queue as the person left it."""
    return neighbours(session, engine(), person().id, page, filters(), now())
