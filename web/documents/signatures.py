"""The last page of a form: the whole text, what is signed, and the signature."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import signed_in
from web.documents import steps, unsaved
from web.documents.stored_values import sayer
from web.documents.views import barred, read_form
from web.errors import status_of
from web.programmes.vacancies import offices_ahead
from web.reviews import answers, sign_off
from web.reviews.forms import DecisionForm, Place
from workflow.engine.documents import diff
from workflow.errors import Incomplete, Invalid, NotFound, Refusal, RoundClosed, Stale
from workflow.phrase import Phrase, phrase
from workflow.programmes.documents.choices import as_called_then
from workflow.programmes.documents.drafts import FormPage
from workflow.programmes.documents.signature import Signing

bp = Blueprint("signatures", __name__, url_prefix="/programmes/<ref>/documents/<kind>")


@bp.get(f"/edit/{steps.CHECK}")
@signed_in
def check(ref: str, kind: str) -> ResponseReturnValue:
    """The document as it would be signed, and what still stands in the way."""
    page = read_form(ref, kind)
    return barred(page) if page.barred is not None else _shown(page, DecisionForm(None))


@bp.post(f"/edit/{steps.CHECK}")
@signed_in
def sign(ref: str, kind: str) -> ResponseReturnValue:
    """Sign the document; the engine alone says whether that stands."""
    page, form = read_form(ref, kind), DecisionForm()
    spec = page.case.definition.rounds.get(form.round.data or "")
    given = answers.read(spec, request.form) if spec else {}
    at = Place(ref, form.round.data or "", form.seat.data or 0, document=kind)
    try:
        receipt = sign_off.sign(form, at, given)
    except (Incomplete, Invalid, Stale) as refusal:
        if page.barred is not None:
            return barred(page)
        if page.signing is None:
            raise
        return _shown(page, form, given, refusal), status_of(refusal)
    return redirect(url_for("reviews.receipt", ref=ref, seq=receipt.seq), code=303)


def _signing(page: FormPage) -> Signing:
    if page.signing is not None:
        return page.signing
    if not page.kind.sections:
        raise NotFound(phrase("There is nothing to sign here."))
    raise RoundClosed(phrase("Nobody is asked to sign this document at present."))


def _shown(
    page: FormPage,
    form: DecisionForm,
    given: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> str:
    """The page with its form, in which what was refused is kept."""
    signing, text = (
        _signing(page),
        diff.whole(page.kind, page.content, sayer(as_called_then(page.offered, [page.content]))),
    )
    left = unsaved.every_unsaved(page)
    form.keep(page.case.version, key=isinstance(refusal, Incomplete | Invalid))
    return render_template(
        "documents/check.html",
        page=page, signing=signing, text=text, steps=steps.steps(page), here=steps.CHECK, left=left,
        title=steps.check_title(signing), form=form, refusal=refusal,
        files_of=steps.files_of, elsewhere=_elsewhere(page, signing), answers=given or {},
        vacant=offices_ahead(page.case.id, page.case.state, page.case.definition), name_of=answers.name_of, blank_lines=answers.blank_lines,
    )  # fmt: skip


def _elsewhere(page: FormPage, signing: Signing) -> tuple[Phrase, ...]:
    """What is missing in other documents that this signature covers."""
    own = page.kind.label
    return tuple(g.said for g in signing.gaps if not (g.document == own and g.section))
