"""The signing folder: several items in one sitting, each signed as an act of its own."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, signed_in
from web.account import reauthentication
from web.frame import in_words_of
from web.intake.numbers import numbers_of
from web.reviews import sign_off
from web.reviews.forms import DecisionForm, Place
from web.wording import plainly
from workflow.engine.commands.receipts import Receipt
from workflow.engine.queue import batch
from workflow.engine.queue.batch import Item
from workflow.errors import NotAuthorised, Refusal
from workflow.phrase import phrase

bp = Blueprint("folder", __name__, url_prefix="/queue/folder")


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one item: a receipt, or the sentence that says why there is none."""

    item: Item
    receipt: Receipt | None = None
    sentence: str = ""


@bp.get("")
@signed_in
def show() -> ResponseReturnValue:
    """What was selected in the queue, each with its own text and choice."""
    return _shown(_items(numbers_of(request.args, "seat")))


@bp.post("")
@signed_in
def sign() -> ResponseReturnValue:
    """Sign each item as an act of its own; one that is refused keeps no other from being signed."""
    found = _items(numbers_of(request.form, "seat"))
    if not found:
        raise NotAuthorised(phrase("Nothing of this waits for you. Nothing was recorded."))
    forms = [DecisionForm(prefix=f"{item.seat}-") for item in found]
    if not any(form.verdict.data for form in forms):
        return _shown(found, gettext("Choose a decision for at least one item.")), 422
    reauthentication.demand()
    in_words_of(*(item.followed for item in found))
    results = [_signed(item, form) for item, form in zip(found, forms, strict=True)]
    return render_template(
        "reviews/folder_signed.html",
        receipts=[result for result in results if result.receipt],
        refused=[result for result in results if not result.receipt],
    )


def _signed(item: Item, form: DecisionForm) -> Signed:
    """One transaction, one event and one receipt; or the reason why not."""
    if not form.verdict.data:
        return Signed(item, sentence=gettext("You left this one out."))
    try:
        return Signed(item, sign_off.sign(form, Place(item.ref, item.round_key, item.seat)))
    except Refusal as refusal:
        return Signed(item, sentence=plainly(refusal.said))


def _items(seats: list[int]) -> tuple[Item, ...]:
    with engine().reading() as session:
        return batch.items(session, engine(), person().id, seats, now())


def _shown(found: tuple[Item, ...], problem: str = "") -> str:
    in_words_of(*(item.followed for item in found))
    return render_template(
        "reviews/folder.html",
        items=found,
        ready=[item for item in found if not item.unfit],
        problem=problem,
        fresh=lambda: uuid4().hex,
    )
