"""The last page of a form: the whole text, what is signed, and the signature."""

from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, person, signed_in
from web.account import reauthentication
from web.documents import steps
from web.documents.stored_values import sayer
from web.documents.views import barred, read_form
from web.documents.words import condition
from web.errors import status_of
from web.wording import plainly
from workflow.engine import commands
from workflow.engine.documents import diff
from workflow.engine.rounds.decision import Decision
from workflow.errors import Incomplete, Invalid, NotFound, RoundClosed, Stale
from workflow.phrase import Phrase, phrase
from workflow.programmes.documents.drafts import FormPage
from workflow.programmes.documents.signature import Signing

bp = Blueprint("signatures", __name__, url_prefix="/programmes/<ref>/documents/<kind>")

LONGEST_KEY = 64
LONGEST_REASON = 4000


@bp.get(f"/edit/{steps.CHECK}")
@signed_in
def check(ref: str, kind: str) -> ResponseReturnValue:
    """The document as it would be signed, and what still stands in the way."""
    page = read_form(ref, kind)
    return barred(page) if page.barred is not None else _shown(page, _signing(page))


@bp.post(f"/edit/{steps.CHECK}")
@signed_in
def sign(ref: str, kind: str) -> ResponseReturnValue:
    """Sign the document; the engine alone says whether that stands."""
    key = request.form.get("key", "")
    if not 16 <= len(key) <= LONGEST_KEY or not key.isalnum():
        raise Invalid(phrase("This form is damaged. Open the page again."))
    page = read_form(ref, kind)
    if asked := reauthentication.unproven():
        return asked
    try:
        receipt = commands.sign(engine(), person().id, _decision(ref, key))
    except (Incomplete, Stale) as refusal:
        if page.barred is not None or page.signing is None:
            raise
        page_again = _shown(page, page.signing, problem=plainly(refusal.said))
        return page_again, status_of(refusal)
    return redirect(url_for("reviews.receipt", ref=ref, seq=receipt.seq), code=303)


def _decision(ref: str, key: str) -> Decision:
    """What was sent, in the engine's words; the round and seat are those the page was made for."""
    sent = request.form
    return Decision(
        ref=ref,
        round=sent.get("round", ""),
        verdict=sent.get("verdict", ""),
        seen_version=_number(sent.get("seen_version", "")),
        key=key,
        seat=_number(sent.get("seat", "")),
        reason=sent.get("reason", "")[:LONGEST_REASON],
        proof=reauthentication.proof(),
    )


def _number(written: str) -> int:
    """A number from a hidden field; one that makes no sense fits nothing."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 12 else 0


def _signing(page: FormPage) -> Signing:
    if page.signing is not None:
        return page.signing
    if not page.kind.sections:
        raise NotFound(phrase("There is nothing to sign here."))
    raise RoundClosed(phrase("Nobody is asked to sign this document at present."))


def _shown(page: FormPage, signing: Signing, problem: str = "") -> str:
    text = diff.whole(page.kind, page.content, sayer(page.offered))
    return render_template(
        "documents/check.html",
        page=page, signing=signing, text=text, steps=steps.steps(page), here=steps.CHECK,
        title=steps.check_title(signing), problem=problem, condition=condition,
        files_of=steps.files_of, key=uuid4().hex, elsewhere=_elsewhere(page, signing),
    )  # fmt: skip


def _elsewhere(page: FormPage, signing: Signing) -> tuple[Phrase, ...]:
    """What is missing in other documents that this signature covers."""
    own = page.kind.label
    return tuple(g.said for g in signing.gaps if not (g.document == own and g.section))
