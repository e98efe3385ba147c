"""The page for when the database or the disk does not answer: it asks neither of them anything.

A page that only fails because tables were changed under it is made once more: reading twice does no harm.
"""

from typing import Any

from babel import Locale
from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext

from web.access import let_go
from web.intake.kept import Kept, is_text, sent
from web.logs import log_sparingly
from workflow.faults.outages import Outage, said
from workflow.faults.prepared import outdated

TITLE = lazy_gettext("This cannot be answered just now")
BY_OPERATOR = lazy_gettext("Tell those who run this site; until it is mended nothing is recorded.")
DOUBT = lazy_gettext(
    "What you sent may or may not have been recorded. It is kept on this page: look first how "
    "things stand, and send it again if it is not there."
)
SENTENCES = {
    Outage.AWAY: lazy_gettext("The database cannot be reached. It is usually back within minutes."),
    Outage.CROWDED: lazy_gettext("More is asked of this site at this moment than it can answer."),
    Outage.DAMAGED: lazy_gettext("The database or its disk cannot be read."),
    Outage.FORBIDDEN: lazy_gettext("The database does not let this site in."),
    Outage.FULL: lazy_gettext("The disk is full."),
    Outage.LOCKED: lazy_gettext("Something else holds the database for long."),
    Outage.MISSING: lazy_gettext("The database of this site is not there."),
    Outage.READ_ONLY: lazy_gettext("The database can only be read at present."),
    Outage.SLOW: lazy_gettext("The database took longer to answer than it may."),
    Outage.UNOPENABLE: lazy_gettext("The database of this site cannot be opened."),
}
PASSING = frozenset({Outage.AWAY, Outage.CROWDED, Outage.LOCKED, Outage.SLOW})
STATUSES = {Outage.FULL: 507}
# Seconds after which a browser or a proxy may ask again.
SOON, LATER = 15, 120

Unavailable = tuple[str, int, dict[str, str]]


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


def unavailable(kind: Outage, fault: BaseException) -> Unavailable:
    """The page of an outage, with what was typed in a form that can be sent again."""
    log_sparingly("request.unavailable", kind.value, fault=said(fault))
    kept = sent()
    page = _page(STATUSES.get(kind, 503), str(SENTENCES[kind]), _advice(kind, kept), kept)
    return *page, {"Retry-After": str(SOON if kind in PASSING else LATER)}


def passing(sentence: str) -> Unavailable:
    """The page of a refusal of everything that passes by itself, with what was typed."""
    kept = sent()
    page = _page(503, sentence, _advice(Outage.AWAY, kept), kept)
    return *page, {"Retry-After": str(LATER)}


def _page(status: int, sentence: str, advice: str, kept: Kept | None) -> tuple[str, int]:
    """A page that asks the database nothing."""
    page = unframed(
        "errors/unavailable.html",
        status=status, title=TITLE, sentence=sentence, advice=advice,
        kept=kept, is_text=is_text, again=_again(), request_id=g.get("request_id", ""),
    )  # fmt: skip
    return page, status


def unframed(template: str, **told: Any) -> str:
    """A page without the bar of the person, for which nothing is asked of the database."""
    locale = get_locale() or Locale("en")
    return current_app.jinja_env.get_template(template).render(
        person=None, demo=False, page_language=str(locale).replace("_", "-"),
        direction=locale.text_direction, **told,
    )  # fmt: skip


def _advice(kind: Outage, kept: Kept | None) -> str:
    """What to do next."""
    sentences = [] if kind in PASSING else [str(BY_OPERATOR)]
    if kept is None:
        sentences.append(gettext("Load the page again in a little while."))
    elif kept.keyed:
        sentences.append(
            gettext(
                "What you sent is kept on this page: send it again in a little while. "
                "What was recorded already is not recorded a second time."
            )
        )
    else:
        sentences.append(str(DOUBT))
    return " ".join(sentences)


def _again() -> str:
    """The address of this page, where it is one that can be asked for."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else "/"
