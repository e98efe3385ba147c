"""The end of a round put off, and a stopped clock let go on, by those whom the definition names."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, person, signed_in
from web.errors import status_of
from web.frame import in_words_of
from web.reviews import pages
from web.reviews.forms import ExtensionForm
from workflow.engine.commands import extend as extension
from workflow.engine.commands.receipts import Receipt
from workflow.errors import NotAuthorised, NotFound, Refusal
from workflow.phrase import phrase

bp = Blueprint("extensions", __name__)

ROUND = "/programmes/<ref>/rounds/<key>/<int:turn>"


@bp.get(f"{ROUND}/extension")
@signed_in
def show(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """What the end would move to, and the form to say why."""
    return _shown(ref, key, turn, ExtensionForm(None, prefix="extension-"))


@bp.post(f"{ROUND}/extension")
@signed_in
def extend(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Put off the end of a round, with a reason."""
    form = ExtensionForm(prefix="extension-")
    command = form.extension(ref, key)
    return _done(ref, key, turn, form, lambda: extension.extend(engine(), person().id, command))


@bp.post(f"{ROUND}/continuation")
@signed_in
def resume_clock(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Let a clock go on that a lost letter had stopped, saying who was reached and how."""
    form = ExtensionForm(prefix="extension-")
    command = form.resumption(ref, key)
    return _done(
        ref, key, turn, form, lambda: extension.resume_clock(engine(), person().id, command)
    )


def _done(
    ref: str, key: str, turn: int, form: ExtensionForm, do: Callable[[], Receipt]
) -> ResponseReturnValue:
    """Do it and lead to the receipt; a refusal comes back with the words kept."""
    pages.asked(ref, key)
    try:
        form.refuse_misshapen()
        receipt = do()
    except (NotFound, NotAuthorised):
        raise
    except Refusal as refusal:
        return _shown(ref, key, turn, form, refusal)
    return redirect(url_for("reviews.receipt", ref=receipt.ref, seq=receipt.seq), code=303)


def _shown(
    ref: str, key: str, turn: int, form: ExtensionForm, refusal: Refusal | None = None
) -> ResponseReturnValue:
    """The page with its form; nobody is shown it who may not use it, unless it refused them."""
    page = pages.of_round(ref, key, turn).review
    if page.end is None and refusal is None:
        raise NotAuthorised(phrase("The end of this round is not yours to put off now."))
    status = 200 if refusal is None else status_of(refusal)
    form.keep(page.case.version, key=status == 422)
    in_words_of(engine().definition(page.case.definition_id))
    html = render_template("reviews/extend.html", page=page, form=form, refusal=refusal)
    return html, status
