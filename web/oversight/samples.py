"""Samples of events, drawn by a seed that everybody sees and may enter again."""

import secrets
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, role
from web.anchors.checkpoint_copies import carry
from web.oversight.csv_rows import sample_file
from web.oversight.query_args import address, filters_of, query_of, spoken_query, text_of
from web.programmes.query_args import page_of
from workflow.audit.events.histories import HistoryRead
from workflow.clock import written
from workflow.oversight.events import access_log
from workflow.oversight.events.choices import choices
from workflow.oversight.events.indexer import catch_up_wholly
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
    drawn = _drawn()
    with engine().reading() as session:
        offered = choices(session, engine())
        done = marked(session, person().id, [line.id for line in drawn.lines])
    return render_template(
        "oversight/sample.html",
        page=drawn,
        choices=offered,
        done=done,
        address=address,
        most=LARGEST,
        asked_query=query_of(drawn.filters),
    )


@bp.get("/sample.csv")
@role("auditor")
def export() -> ResponseReturnValue:
    """The same sample as a file."""
    if not _seed():
        return redirect(_pinned(), code=303)
    return carry(sample_file(_drawn()))


def _drawn() -> Sample:
    """The sample, told on the register before anybody sees it."""
    filters, me = filters_of(request.args), person().id
    catch_up_wholly(engine())
    with engine().reading() as session:
        drawn = sample(session, engine(), me, filters, seed=_seed(), wanted=_wanted(), now=now())
    look = HistoryRead(
        scope=access_log.SAMPLE,
        query=spoken_query(filters),
        seed=drawn.seed,
        drawn=len(drawn.lines),
        population=drawn.population,
        fingerprint=drawn.fingerprint,
    )
    access_log.record_look(engine(), me, look)
    return drawn


def _pinned() -> str:
    """This address with a seed and the moment up to which events count.

    What the drawing itself records, in this very instant perhaps, is no part of what is drawn from.
    """
    filters = filters_of(request.args)
    through = written(filters.through or now() - MOMENT)
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
