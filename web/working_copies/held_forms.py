"""Which form a request is about, and holding one that could not be taken."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from web.access import PUBLIC, engine, now, policy_of, safe_next, visitor
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid
from workflow.working_copies import copies
from workflow.working_copies.copies import FormWords

COPY, KEY, LEFT_THERE = "again-copy", "working-copy", "working_copy_left_there"
LONGEST_PLACE, LONGEST_KEY = 400, 64
# Where passwords are typed, and what pages send by themselves: it is no sending of anybody's.
NEVER = frozenset({"account", "passwords", "working_copies", "hints"})


def register(app: Flask) -> None:
    """Forget what was kept of a form once its words are taken."""
    app.after_request(forget_taken)


def stay() -> None:
    """Let what is kept of the form of this request stay, although its page is led on."""
    setattr(g, LEFT_THERE, True)


def forget_taken(response: Response) -> Response:
    """Forget it where the page that sent it names itself and is led on."""
    led_on = request.method == "POST" and 300 <= response.status_code < 400 and may_be_held()
    if g.get(LEFT_THERE):
        return response
    key, someone = request.form.get(KEY) if led_on else None, visitor()
    if key and someone is not None:
        with engine().transaction() as session:
            copies.finish(session, someone.id, place(), key[:LONGEST_KEY], now())
    return response


def place() -> str:
    """Where the form of this request goes."""
    return request.full_path.rstrip("?")


def may_be_held() -> bool:
    """Whether this request sends a form of a signed-in person, with words of theirs."""
    if request.method != "POST" or request.endpoint is None or len(place()) > LONGEST_PLACE:
        return False
    return _keeps(request.endpoint)


def destination(address: str) -> Mapping[str, Any] | None:
    """What the address of a form names, such as its case; nothing where no such form is kept."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not address.startswith("/") or len(address) > LONGEST_PLACE:
        return None
    try:
        endpoint, named = adapter.match(address.partition("?")[0], method="POST")
    except HTTPException:
        return None
    return named if _keeps(endpoint) else None


def hold(writer: int, fields: Iterable[tuple[str, str]]) -> int | None:
    """Hold the form of this request for who wrote it; nothing where it is too long to be held."""
    with engine().transaction() as session:
        case = _case_of(session, (request.view_args or {}).get("ref"))
        came = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
        written = FormWords(place(), tuple(fields), page=page_here(came), case=case)
        try:
            return copies.hold(session, writer, written, now())
        except Invalid:
            return None


def page_here(address: str) -> str:
    """The address of a page of ours, or nothing."""
    return (
        address
        if address and len(address) <= LONGEST_PLACE and safe_next(address) == address
        else ""
    )


def _keeps(endpoint: str) -> bool:
    """Whether what is typed into the form of this view is kept."""
    view = current_app.view_functions[endpoint]
    return policy_of(view) not in {None, PUBLIC} and endpoint.partition(".")[0] not in NEVER


def _case_of(session: Session, ref: object) -> int | None:
    if not isinstance(ref, str):
        return None
    return session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
