"""The language of the pages in this browser: chosen in the bar, signed in or not."""

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from web.access import public, safe_next
from web.account.forms import LanguageForm
from web.sentences.languages import CHOSEN, offered
from workflow.errors import NotFound
from workflow.phrase import phrase

bp = Blueprint("languages", __name__, url_prefix="/account")


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Say the pages of this browser in another language from now on."""
    form = LanguageForm()
    form.validate_on_submit()
    if form.language.data not in offered():
        raise NotFound(phrase("Pages are not translated into this language."))
    session[CHOSEN] = form.language.data
    return redirect(safe_next(request.args.get("next")), code=303)
