"""A page that fails because tables were changed under it is made once more: reading twice does no harm."""

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from web.access import let_go
from workflow.database import outdated


def made_again(fault: BaseException) -> ResponseReturnValue | None:
    """The page on a fresh connection, where what was prepared on the old one no longer fits the tables.

    Nothing where the fault is another one, where something was sent, or where this was tried already.
    """
    if not outdated(getattr(fault, "orig", None)) or request.method not in {"GET", "HEAD"}:
        return None
    if g.get("made_again"):
        return None
    g.made_again = True
    let_go(None)
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as again:  # noqa: BLE001 # the outermost handler is told of it
        return current_app.handle_user_exception(again)
