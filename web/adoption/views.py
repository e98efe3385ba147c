"""The list of records that were begun elsewhere, and the page on which one is taken up."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from wtforms.fields import SelectChoice

from web.access import engine, person, role, settings
from web.adoption.forms import BatchForm, PaperForm, PlaceForm
from web.adoption.words import COLUMNS
from web.documents.attachments import store
from web.documents.regions import by_region
from web.frame import in_words_of
from web.wording import plainly
from workflow.engine.documents.file_types import TYPES
from workflow.errors import Invalid, RoundClosed, Stale
from workflow.phrase import Phrase, phrase
from workflow.programmes.adoption.batch import (
    MOST,
    RecordFilters,
    RecordLine,
    carry_out,
    look,
    records,
)
from workflow.programmes.adoption.papers import BroughtIn, bring_in
from workflow.programmes.adoption.placement import place
from workflow.programmes.adoption.record_page import AdoptionPage, record_page
from workflow.vocabulary import OFFICERS, Footing

bp = Blueprint("adoption", __name__)

RECORD = "/programmes/<ref>/record"
# What a list may be narrowed to, and how much of each is read.
NARROWED = {"state": 40, "fund": 120, "q": 100, "kept": 3}


@bp.get("/records")
@role(*OFFICERS)
def index() -> ResponseReturnValue:
    """The records that may be taken up, or those that are kept as records only."""
    return _listed(BatchForm())


@bp.post("/records")
@role(*OFFICERS)
def act() -> ResponseReturnValue:
    """Look at what an act would do with the chosen records, and do it once that is confirmed."""
    form, chosen = BatchForm(), request.form.getlist("ref")[:MOST]
    if not form.validate_on_submit() or not chosen:
        problem = "" if chosen else gettext("Choose at least one record.")
        return _listed(form, problem, chosen), 422
    with engine().reading() as session:
        looked = look(session, engine(), chosen, form.act.data, form.into.data or "")
    if request.form.get("confirmed") != "yes":
        return render_template("adoption/preview.html", form=form, looked=looked, place=_place())
    able = [each.line for each in looked if not each.lacks]
    refused = [(each.line, said) for each in looked for said in each.lacks[:1]]
    refused += [(line, said) for line in able if (said := _carried_out(form, line))]
    done = len(looked) - len(refused)
    flash(ngettext("Done with %(num)s record.", "Done with %(num)s records.", done))
    for line, said in refused:
        flash(f"{line.ref}: {plainly(said)}")
    return redirect(url_for(".index", **_place()), code=303)


def _place() -> dict[str, Any]:
    """What the list is narrowed to, as its address says it: an act leads back there."""
    found = {name: request.args.get(name, "")[:most] for name, most in NARROWED.items()}
    return {name: said for name, said in found.items() if said}


def _carried_out(form: BatchForm, line: RecordLine) -> Phrase | None:
    """What kept the act from being done on one record, if anything did."""
    reason, into = form.reason.data or "", form.into.data or ""
    return carry_out(engine(), person().id, line, form.act.data, reason, into=into)


@bp.get(RECORD)
@role(*OFFICERS)
def show(ref: str) -> ResponseReturnValue:
    """One record: its source, where it would live on, its papers, and what is missing."""
    page = _page(ref)
    return _shown(page)


@bp.post(f"{RECORD}/place")
@role(*OFFICERS)
def place_record(ref: str) -> ResponseReturnValue:
    """Say in which state and with which parties the record would live on."""
    page, form = _page(ref), PlaceForm()
    form.offer(page)
    if not form.validate_on_submit():
        return _shown(page, form), 422
    try:
        place(engine(), person().id, form.command(ref))
    except Invalid as refusal:
        return _shown(page, _told(form, refusal)), 422
    except (Stale, RoundClosed) as refusal:
        page = _page(ref)
        form.renew(page.case.version)
        return _shown(page, form, problem=plainly(refusal.said)), 409
    flash(gettext("The record is placed. Nobody has confirmed anything by that."))
    return redirect(url_for(".show", ref=ref), code=303)


@bp.post(f"{RECORD}/papers")
@role(*OFFICERS)
def take_paper(ref: str) -> ResponseReturnValue:
    """Bring one paper in, with the day it bears."""
    page, form = _page(ref), PaperForm()
    form.offer(page.papers)
    if not form.validate_on_submit():
        return _shown(page, paper=form), 422
    try:
        _kept(ref, form)
    except Invalid as refusal:
        return _shown(page, paper=_told(form, refusal)), 422
    flash(gettext("The paper is brought in; nothing is signed by that."))
    return redirect(url_for(".show", ref=ref), code=303)


def _kept(ref: str, form: PaperForm) -> None:
    """Keep the bytes of the paper, then put it on record."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(phrase("Choose a file first."), {"file": phrase("Choose a file first.")})
    file = store().keep(upload.filename, upload.stream)
    bring_in(engine(), person().id, ref, BroughtIn(form.kind.data, file, form.day))


def _told(form: PlaceForm | PaperForm, refusal: Invalid) -> PlaceForm | PaperForm:
    """The form with each fault at its field; what belongs to none stands at the first."""
    faults = refusal.faults or {next(iter(form)).name: refusal.said}
    for name, said in faults.items():
        field = form[name] if name in form else next(iter(form))
        field.errors = [*field.errors, plainly(said)]
    return form


def _page(ref: str) -> AdoptionPage:
    with engine().reading() as session:
        return record_page(session, engine(), person().id, ref)


def _shown(
    page: AdoptionPage,
    form: PlaceForm | PaperForm | None = None,
    paper: PlaceForm | PaperForm | None = None,
    problem: str = "",
) -> str:
    if form is None:
        form = PlaceForm(None)
        form.offer(page)
        form.show(page)
    if paper is None:
        paper = PaperForm(None)
        paper.offer(page.papers)
    in_words_of(page.case.definition)
    return render_template(
        "adoption/record.html",
        page=page,
        form=form,
        paper=paper,
        problem=problem,
        columns=COLUMNS,
        by_region=_by_region,
        most=settings().max_upload_mb,
        accepted=",".join(TYPES),
    )


def _by_region(choices: list[SelectChoice]) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """What a form offers, by region of the world."""
    return by_region((each.value, each.label) for each in choices)


def _listed(form: BatchForm, problem: str = "", chosen: list[str] | None = None) -> str:
    place = _place()
    footing = Footing.KEPT if place.get("kept") == "yes" else Footing.RECORD
    filters = RecordFilters(
        state=place.get("state", ""),
        fund=place.get("fund", ""),
        text=place.get("q", ""),
        footing=footing,
    )
    with engine().reading() as session:
        whole = RecordFilters(footing=footing)
        every = records(session, engine(), whole)
        lines = every if filters == whole else records(session, engine(), filters)
    return render_template(
        "adoption/index.html",
        lines=lines,
        filters=filters,
        place=place,
        states={each.state.key: each.state for each in every},
        funds=sorted({each.fund for each in every if each.fund}),
        form=form,
        problem=problem,
        chosen=chosen or [],
    )
