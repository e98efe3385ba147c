"""Deciding: the queue, the page of a round, and the receipt."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import shown
from web.frame import in_words_of
from web.intake.numbers import number_of
from web.reviews import answers, pages, sign_off, walk
from web.reviews.forms import DecisionForm, Place, RecusalForm
from web.reviews.pages import DecisionPage, Said
from workflow.engine import commands
from workflow.engine.commands.receipts import Receipt
from workflow.engine.moves.entrance import entrance
from workflow.engine.pages.receipt import receipt_page
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue import query
from workflow.engine.queue.query import QueueFilters
from workflow.errors import Refusal
from workflow.ledger.certification.queue import WaitingMoney, waiting_money

bp = Blueprint("reviews", __name__)

ROUND = "/programmes/<ref>/rounds/<key>/<int:turn>"
INITIATIVE = "/programmes/<ref>/initiatives/<key>"


@bp.get("/queue")
@signed_in
def waiting() -> ResponseReturnValue:
    """Everything that waits for the person, across all roles."""
    filters = walk.filters()
    with engine().reading() as session:
        page = queue_page.page(session, engine(), person().id, filters, now())
        money = _to_certify(session, filters)
    return render_template(
        "reviews/queue.html",
        page=page, money=money, address=_queue_address, suffix=walk.suffix(filters), looked_at=query.LOOKED_AT,
    )  # fmt: skip


def _to_certify(session: Session, filters: QueueFilters) -> tuple[WaitingMoney, ...]:
    """What waits to be certified; no filter of seats finds money."""
    someone = person()
    return () if filters.narrowed else waiting_money(session, someone.id, someone.offices, now())


@bp.get("/programmes/<ref>/seats/<int:seat>")
@signed_in
def seat(ref: str, seat: int) -> ResponseReturnValue:
    """Lead to the round that the seat belongs to, or to the form that is written and signed there."""
    with engine().reading() as session:
        found = entrance(engine(), session, ref, seat, person().id)
    if found.form:
        return redirect(url_for("documents.begin", ref=ref, kind=found.form), code=303)
    kept = walk.kept(walk.filters())
    at = url_for(".show", ref=ref, key=found.round_key, turn=found.turn, seat=seat, **kept)
    return redirect(at, code=303)


@bp.get(ROUND)
@signed_in
def show(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """One opening of a round, with everything that a decision needs."""
    return pages.shown(pages.of_round(ref, key, turn, _chosen()))


@bp.post(ROUND)
@signed_in
def sign(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Take one decision; the engine alone says whether it stands."""
    at = Place(ref, key, _chosen())
    return _decide(at, lambda: pages.of_round(ref, key, turn, _chosen()))


@bp.post(f"{ROUND}/recusal")
@signed_in
def step_back(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Step back from a seat for good."""
    pages.asked(ref, key)
    form = RecusalForm(prefix="recusal-")
    try:
        form.refuse_misshapen()
        command = form.recusal(ref, key, _chosen() or 0)
        receipt = commands.recuse(engine(), person().id, command)
    except Refusal as refusal:
        page = pages.of_round(ref, key, turn, _chosen())
        return pages.shown(page, Said(refusal, recusal=form))
    return _receipt(receipt)


@bp.get(INITIATIVE)
@signed_in
def initiative(ref: str, key: str) -> ResponseReturnValue:
    """A round that somebody entitled may open; one that is open already is where to go."""
    turn = pages.running(ref, key)
    if turn is not None:
        return redirect(url_for(".show", ref=ref, key=key, turn=turn), code=303)
    return pages.shown(pages.initiative(ref, key))


@bp.post(INITIATIVE)
@signed_in
def initiate(ref: str, key: str) -> ResponseReturnValue:
    """Open a round, and answer it in the same act where it asks one role alone."""
    _, spec = pages.asked(ref, key)
    if spec.one_act:
        return _decide(Place(ref, key, None), lambda: pages.initiative(ref, key))
    form = DecisionForm()
    try:
        form.refuse_misshapen()
        receipt = commands.initiate(engine(), person().id, form.initiative(ref, key))
    except Refusal as refusal:
        return pages.shown(pages.initiative(ref, key), Said(refusal, decision=form))
    return _receipt(receipt)


@bp.get("/programmes/<ref>/receipts/<int:seq>")
@signed_in
def receipt(ref: str, seq: int) -> ResponseReturnValue:
    """What the person did, under which event, and what came of it."""
    with engine().reading() as session:
        at = now()
        case = visible_case(session, ref, person().id, at)
        page = receipt_page(CaseViewer.of(session, engine(), case, person().id, at), seq)
        following = queue_page.first(session, engine(), person().id, at)
    in_words_of(engine().definition(page.case.definition_id))
    included = shown(bytes.fromhex(page.hash))
    return render_template(
        "reviews/receipt.html", page=page, following=following, included=included
    )


def _decide(at: Place, page: Callable[[], DecisionPage]) -> ResponseReturnValue:
    """Sign, and lead to the receipt; a refusal comes back on the page with the words kept."""
    _, spec = pages.asked(at.ref, at.round)
    form, given = DecisionForm(), answers.read(spec, request.form)
    try:
        receipt = sign_off.sign(form, at, given)
    except Refusal as refusal:
        return pages.shown(page(), Said(refusal, decision=form, answers=given))
    return _receipt(receipt)


def _receipt(receipt: Receipt) -> ResponseReturnValue:
    return redirect(url_for(".receipt", ref=receipt.ref, seq=receipt.seq), code=303)


def _chosen() -> int | None:
    """The seat named by the form or the address."""
    return number_of(request.values, "seat")


def _queue_address(filters: QueueFilters, **changes: str) -> str:
    """The queue with some filters changed; a change begins at the first page again."""
    wanted = {name: value for name, value in {**walk.kept(filters), **changes}.items() if value}
    return url_for("reviews.waiting", **wanted)
