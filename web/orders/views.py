"""The page of ordered files: how far each is, and a button to take it away."""

import json

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.orders.hand_out import AT_ONCE, LATE, download, ordered, shelf
from web.orders.kind import Kind
from web.orders.kinds import KINDS
from web.orders.offers import OFFERS, Offer
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.orders.kinds import OrderKind
from workflow.orders.lines import orders_of
from workflow.orders.models import FileOrder
from workflow.orders.orders import fetch, not_kept
from workflow.phrase import phrase

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Everything that the person ordered and that is kept."""
    with engine().reading() as session:
        lines = orders_of(session, shelf(), person().id, now())
    late = {each.id for each in lines if each.waits_longer_than(LATE, now())}
    return render_template("orders/index.html", orders=lines, late=late, names=_names())


@bp.get("/new/<file>")
@signed_in
def offer(file: str) -> ResponseReturnValue:
    """What a large file would hold, and a button to order it."""
    return _offered(file, _offer(file))


@bp.post("/new/<file>")
@signed_in
def make(file: str) -> ResponseReturnValue:
    """Order the file, which is made behind the pages."""
    found = _offer(file)
    try:
        ordered(found.kind, found.wanted(request.args))
    except Invalid as refusal:
        return _offered(file, found, plainly(refusal.said)), 409
    return redirect(url_for(".index"), code=303)


@bp.post("/<int:number>")
@signed_in
def take(number: int) -> ResponseReturnValue:
    """Put on record that the file is taken away, and hand it out."""
    taken: list[FileOrder] = []

    def told(order: FileOrder) -> None:
        kind = _kind(order)
        _refuse_others(kind)
        kind.told(engine(), person().id, json.loads(order.wanted), json.loads(order.made))
        taken.append(order)

    file = fetch(engine(), shelf(), person().id, number, told)
    (order,) = taken
    return carry(download(file, _kind(order), json.loads(order.wanted)))


def _offered(file: str, found: Offer, problem: str = "") -> str:
    wanted = found.wanted(request.args)
    return render_template(
        "orders/offer.html", file=file, wanted=wanted, name=found.kind.name(wanted),
        problem=problem, at_once=AT_ONCE,
    )  # fmt: skip


def _offer(file: str) -> Offer:
    """What is offered under this name, to those who may have it."""
    found = {key.value: offer for key, offer in OFFERS.items()}.get(file)
    if found is None:
        raise NotFound(phrase("There is no such file."))
    _refuse_others(found.kind)
    return found


def _refuse_others(kind: Kind) -> None:
    if kind.roles and not person().holds(*kind.roles):
        raise NotAuthorised(phrase("This file is for others."))


def _kind(order: FileOrder) -> Kind:
    """The kind of an order; a dossier has a page of its own, where its history is asked for."""
    found = KINDS.get(OrderKind(order.kind))
    if found is None:
        raise not_kept()
    return found


def _names() -> dict[OrderKind, object]:
    return {key: kind.name for key, kind in KINDS.items()}
