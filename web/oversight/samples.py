"""Samples of events, drawn by a seed that everybody sees and may enter again."""

import secrets
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web.access import engine, now, person, role
from web.anchors.checkpoint_copies import carry
from web.orders.hand_out import AT_ONCE, LATE, ordered, shelf
from web.oversight.csv_rows import sample_file
from web.oversight.query_args import address, filters_of, query_of, text_of
from web.oversight.sample_files import SAMPLE, wanted_sample
from web.programmes.query_args import page_of
from web.wording import plainly
from workflow.clock import written
from workflow.errors import Invalid
from workflow.orders.kinds import OrderKind, OrderState, Wish
from workflow.orders.lines import OrderLine, last_order
from workflow.oversight.events.choices import choices
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import first_behind
from workflow.oversight.events.taken import at_most
from workflow.oversight.reviews.large_sample import Drawn, as_drawn
from workflow.oversight.reviews.list import marked
from workflow.oversight.reviews.sample import LARGEST, Sample, sample

bp = Blueprint("samples", __name__, url_prefix="/oversight/sample")
USUAL = 25
MOMENT = timedelta(milliseconds=1)


@bp.get("")
@role("auditor")
def show() -> ResponseReturnValue:
    """The sample that the seed draws; without a seed a new one is chosen, and stands in the address."""
    if not _seed() or filters_of(request.args).through is None:
        return redirect(_pinned(), code=303)
    return _page()


@bp.post("")
@role("auditor")
def make() -> ResponseReturnValue:
    """Order the sample of a large population, which is drawn behind the pages."""
    filters = filters_of(request.args)
    try:
        ordered(SAMPLE, wanted_sample(filters, _seed(), _wanted()))
    except Invalid as refusal:
        return _page(plainly(refusal.said)), 409
    return redirect(_pinned(), code=303)


@bp.get("/sample.csv")
@role("auditor")
def export() -> ResponseReturnValue:
    """The same sample as a file."""
    if not _seed():
        return redirect(_pinned(), code=303)
    drawn = _drawn()
    return redirect(_pinned(), code=303) if drawn is None else carry(sample_file(drawn))


def _page(problem: str = "") -> str:
    """The sample; of a large population what was drawn on order, and how far that is."""
    filters, drawn = filters_of(request.args), _drawn()
    line = None if drawn else _ordered()
    with engine().reading() as session:
        offered = choices(session, engine())
        ids = [each.id for each in drawn.lines] if drawn else []
        done = marked(session, person().id, ids)
    return render_template(
        "oversight/sample.html",
        page=drawn or Sample(_seed(), _wanted(), 0, "", (), filters),
        choices=offered, done=done, address=address, most=LARGEST, asked_query=query_of(filters),
        large=drawn is None, ordered=line, problem=problem, at_once=AT_ONCE,
        late=line is not None and line.waits_longer_than(LATE, now()),
    )  # fmt: skip


def _drawn() -> Sample | None:
    """The sample, told on the register before anybody sees it; none while it is to be ordered."""
    filters, me = filters_of(request.args), person().id
    with engine().reading() as session:
        if at_most(session, me, filters, now(), AT_ONCE + 1) > AT_ONCE:
            drawn = _drawn_on_order(session, filters)
        else:
            drawn = sample(
                session, engine(), me, filters, seed=_seed(), wanted=_wanted(), now=now()
            )
    if drawn is not None:
        found = Drawn(tuple(each.id for each in drawn.lines), drawn.population, drawn.fingerprint)
        SAMPLE.told(engine(), me, wanted_sample(filters, _seed(), _wanted()), found.said())
    return drawn


def _drawn_on_order(session: Session, filters: EventFilters) -> Sample | None:
    line = _ordered()
    if line is None or line.state is not OrderState.READY:
        return None
    return as_drawn(session, engine(), Drawn.read(line.made), filters, _seed(), _wanted())


def _ordered() -> OrderLine | None:
    """How far the order of this very sample is, if it was ordered."""
    wish = Wish(OrderKind.SAMPLE, wanted_sample(filters_of(request.args), _seed(), _wanted()))
    with engine().reading() as session:
        return last_order(session, shelf(), person().id, wish, now())


def _pinned() -> str:
    """This address with a seed and the moment up to which events count.

    What the drawing itself records, in this very instant perhaps, is no part of what is drawn from;
    neither is what cannot be found yet, nor anything recorded with it or later.
    """
    filters = filters_of(request.args)
    with engine().reading() as session:
        _, unfound = first_behind(session)
    through = written(filters.through or min(now(), unfound or now()) - MOMENT)
    return url_for(
        ".show",
        **{**query_of(filters), "through": through},
        seed=_seed() or secrets.token_hex(8),
        n=_wanted(),
    )


def _seed() -> str:
    """The seed of the address: letters, digits and a few signs."""
    return "".join(
        each
        for each in text_of(request.args, "seed")
        if each.isascii() and (each.isalnum() or each in "._ -")
    ).strip()


def _wanted() -> int:
    return min(page_of({"page": request.args.get("n", str(USUAL))}), LARGEST)
