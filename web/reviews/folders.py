"""The signing folder: several items in one sitting, each signed as an act of its own."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, signed_in
from web.account import reauthentication
from web.wording import plainly
from workflow.engine import commands
from workflow.engine.commands.receipts import Receipt
from workflow.engine.queue import batch
from workflow.engine.queue.batch import Item
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotAuthorised, Refusal
from workflow.phrase import phrase

bp = Blueprint("folder", __name__, url_prefix="/queue/folder")

LONGEST_WORD = 64


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
    return _shown(_items(request.args.getlist("seat", type=int)))


@bp.post("")
@signed_in
def sign() -> ResponseReturnValue:
    """Sign each item as an act of its own; one that is refused keeps no other from being signed."""
    found = _items(request.form.getlist("seat", type=int))
    if not found:
        raise NotAuthorised(phrase("Nothing of this waits for you. Nothing was recorded."))
    if not any(_sent("verdict", item) for item in found):
        return _shown(found, gettext("Choose a decision for at least one item.")), 422
    if asked := reauthentication.unproven():
        return asked
    results = [_signed(item) for item in found]
    return render_template(
        "reviews/folder_signed.html",
        receipts=[result for result in results if result.receipt],
        refused=[result for result in results if not result.receipt],
    )


def _signed(item: Item) -> Signed:
    """One transaction, one event and one receipt; or the reason why not."""
    if not _sent("verdict", item):
        return Signed(item, sentence=gettext("You left this one out."))
    if item.asks_more:
        return Signed(item, sentence=plainly(item.unfit) if item.unfit else "")
    try:
        return Signed(item, commands.sign(engine(), person().id, _decision(item)))
    except Refusal as refusal:
        return Signed(item, sentence=plainly(refusal.said))


def _decision(item: Item) -> Decision:
    """What was sent for one item, in the engine's words; the key makes a repeat harmless."""
    seen, key = _sent("seen", item), _sent("key", item)
    if not (seen.isascii() and seen.isdecimal() and key.isalnum()):
        raise Invalid(phrase("This form is damaged. Open the folder again."))
    return Decision(
        ref=item.ref,
        round=item.round_key,
        verdict=_sent("verdict", item),
        seen_version=int(seen),
        key=key,
        seat=item.seat,
        proof=reauthentication.proof(),
    )


def _items(seats: list[int]) -> tuple[Item, ...]:
    with engine().reading() as session:
        return batch.items(session, engine(), person().id, seats, now())


def _sent(name: str, item: Item) -> str:
    """What the form holds for one item."""
    return request.form.get(f"{name}-{item.seat}", "")[:LONGEST_WORD]


def _shown(found: tuple[Item, ...], problem: str = "") -> str:
    return render_template(
        "reviews/folder.html",
        items=found,
        ready=[item for item in found if not item.unfit],
        problem=problem,
        fresh=lambda: uuid4().hex,
    )
