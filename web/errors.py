"""How refusals and faults are told: one table of statuses and one page for all of them."""

from http import HTTPStatus

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    NoMoreData,
    ParseException,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from web.access import settings
from web.account import interrupted
from web.health.guards import other_schema
from web.intake.characters import Unreadable
from web.logs import log
from web.security import Foreign
from web.unavailable import Unavailable, made_again, passing, unavailable, unframed
from web.wording import plainly
from workflow.errors import (
    ClockInDoubt,
    ConflictOfDuties,
    FaultyFile,
    Incomplete,
    Invalid,
    KeyReused,
    NotAuthorised,
    NotFound,
    OtherSchema,
    Overloaded,
    Refusal,
    RoundClosed,
    Stale,
)
from workflow.faults.outages import outage
from workflow.phrase import Phrase

STATUSES: dict[type[Refusal], int] = {
    NotAuthorised: 403,
    ConflictOfDuties: 403,
    NotFound: 404,
    Stale: 409,
    RoundClosed: 409,
    KeyReused: 409,
    Overloaded: 503,
    Incomplete: 422,
    Invalid: 422,
    FaultyFile: 422,
    ClockInDoubt: 503,
    OtherSchema: 503,
}

TITLES = {
    400: lazy_gettext("This request could not be read"),
    403: lazy_gettext("You may not do this"),
    404: lazy_gettext("Nothing is here"),
    405: lazy_gettext("This address does not take that"),
    409: lazy_gettext("Things have moved on"),
    413: lazy_gettext("This is too large"),
    422: lazy_gettext("Something is missing or wrong"),
    429: lazy_gettext("Too many attempts"),
    500: lazy_gettext("Something went wrong here"),
}

NEXT = {
    400: lazy_gettext("Go back, load the page again and repeat what you did."),
    403: lazy_gettext("If you believe you should be able to, ask the programme officer."),
    404: lazy_gettext("Check the address, or look for it in the lists above."),
    405: lazy_gettext("Go back and use the links and buttons of the page."),
    409: lazy_gettext(
        "Go back, load the page again to see how things stand, then decide. Nothing was recorded."
    ),
    413: lazy_gettext("Go back and choose a smaller file. Nothing was recorded."),
    422: lazy_gettext("Go back and complete it. Nothing was recorded."),
    429: lazy_gettext("Wait a little, then try again."),
    500: lazy_gettext("The fault has been logged. Nothing was recorded; please try again later."),
}

SENTENCES = {
    400: lazy_gettext("The server did not understand what the browser sent."),
    403: lazy_gettext("Your roles do not open this page."),
    404: lazy_gettext("There is no page at this address, or you may not know of it."),
    405: lazy_gettext("This address cannot be used in this way."),
    429: lazy_gettext("There were too many attempts in a short time."),
    500: lazy_gettext("The page could not be made."),
}

REFUSED = "errors/refused.html"
PLAIN = "text/plain; charset=utf-8"
Page = tuple[str, int] | Unavailable


def register(app: Flask) -> None:
    """Answer every refusal and every fault with a page that says what to do next."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, unproven)
    app.register_error_handler(SecurityError, misdirected)
    app.register_error_handler(Unreadable, unreadable)
    for kind in (NoMoreData, ParseException):
        app.register_error_handler(kind, broken_off)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(Exception, crashed)


def status_of(refusal: Refusal) -> int:
    """The HTTP status that tells `refusal`: that of its own kind, or of the nearest it is one of."""
    return next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)


def refused(refusal: Refusal) -> Page:
    """The page of a refusal, with everything it lists; of one that passes, with what was typed."""
    status = status_of(refusal)
    log.info("request.refused", refusal=type(refusal).__name__, status=status)
    if isinstance(refusal, OtherSchema):
        return passing(gettext("This site is being brought to another release."))
    if isinstance(refusal, ClockInDoubt):
        return passing(plainly(refusal.said))
    return _page(status, plainly(refusal.said), tuple(map(plainly, _listed(refusal))))


def _listed(refusal: Refusal) -> tuple[Phrase, ...]:
    """The single items of a refusal that names several."""
    match refusal:
        case Incomplete():
            return refusal.missing
        case Invalid():
            return tuple(refusal.faults.values())
        case FaultyFile():
            return tuple(fault.said for fault in refusal.faults)
    return ()


def unproven(fault: CSRFError) -> ResponseReturnValue:
    """The page for a form whose proof of origin has run out; what was typed is held for who typed it."""
    if not isinstance(fault, Foreign) and (held := interrupted.unproven()) is not None:
        return held
    return _page(
        400,
        gettext(
            "This form was open for long, or you signed in or out meanwhile, "
            "so it could not be accepted."
        ),
        advice=gettext(
            "It is kept nowhere here: go back with your browser, where what you typed may still stand, "
            "copy it, load the page again and send it once more."
        ),
    )


def misdirected(_fault: SecurityError) -> ResponseReturnValue:
    """A request for a host that is not ours; no link could be made for it, so no page is."""
    return "This site is not known here by that name.\n", 400, {"Content-Type": PLAIN}


def unreadable(fault: Unreadable) -> Page:
    """The page of a request with a character that nobody writes."""
    return _page(400, fault.sentence)


def broken_off(_fault: Exception) -> Page:
    """The page of a request whose body cannot be followed to its end: its sender's fault, not ours."""
    return _page(400, str(SENTENCES[400]))


def failed(fault: HTTPException) -> ResponseReturnValue:
    """The page of an HTTP fault; redirects and ready responses pass unchanged."""
    if fault.response is not None or fault.code is None or fault.code < 400:
        return fault
    if isinstance(fault, InternalServerError) and fault.original_exception is not None:
        return crashed(fault.original_exception)
    headers = [
        (name, value) for name, value in fault.get_headers() if name in {"Allow", "Retry-After"}
    ]
    said = _too_large() if fault.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else None
    page, status, *more = _page(fault.code, said or str(SENTENCES.get(fault.code, "")))
    return page, status, more[0] if more else headers


def _too_large() -> str:
    """That more was sent than is taken, and how much that is."""
    return gettext(
        "What you sent is larger than this site takes: a file may have %(most)d MB.",
        most=settings().max_upload_mb,
    )


def crashed(fault: BaseException) -> ResponseReturnValue:
    """The outermost handler: tell of an outage; log a bug whole, and tell the person nothing of it.

    What a database says of a missing table or column is no bug where another release migrated it.
    """
    page = made_again(fault)
    if page is not None:
        return page
    kind = outage(fault)
    if kind is not None:
        return unavailable(kind, fault)
    if isinstance(fault, DBAPIError) and (moved := other_schema(fault)):
        return refused(moved)
    log.error("request.crashed", fault)
    return _page(500, str(SENTENCES[500]))


def _page(status: int, sentence: str, items: tuple[str, ...] = (), advice: str = "") -> Page:
    """One page for every status: what happened, and what to do next.

    Its frame asks the database what waits for the person; where that fails, the page of the
    outage takes its place, or the same page without a frame.
    """
    known = status if status in TITLES else 500 if status >= 500 else 400
    told = {
        "status": status,
        "title": TITLES[known],
        "sentence": sentence or SENTENCES[known],
        "items": items,
        "advice": advice or NEXT[known],
        "request_id": g.get("request_id", ""),
    }
    try:
        return render_template(REFUSED, **told), status
    except SQLAlchemyError as fault:
        kind = outage(fault)
        if kind is not None:
            return unavailable(kind, fault)
        log.error("request.crashed", fault)
        return unframed(REFUSED, **told), status
