"""Reading a document's versions, and writing the next one section by section."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.documents import steps, unsaved, withheld
from web.documents.forms import FieldsForm
from web.documents.regions import by_region
from web.documents.stored_values import sayer
from web.errors import status_of
from web.filters import instant
from web.intake.numbers import whole
from web.wording import plainly
from web.working_copies.held_forms import KEY
from workflow.engine.commands.file_document import Filing
from workflow.engine.documents import diff
from workflow.errors import Invalid, NotFound, Stale
from workflow.lifecycles.documents import Section
from workflow.phrase import phrase
from workflow.programmes import commands
from workflow.programmes.documents.drafts import FormPage, form_page
from workflow.programmes.documents.meanwhile import changed_since
from workflow.programmes.documents.versions import Saved, document_page

bp = Blueprint("documents", __name__, url_prefix="/programmes/<ref>/documents/<kind>")


@bp.get("")
@signed_in
def show(ref: str, kind: str) -> ResponseReturnValue:
    """One version of a document, with what changed since the one before."""
    version = _number(request.args.get("version"))
    with engine().reading() as session:
        page = document_page(session, engine(), person().id, ref, kind=kind, version=version)
    if kept := withheld.instead(ref, kind):
        return kept
    before = page.before if page.before is not None else page.content
    text = diff.between(page.kind, before, page.content, sayer(page.offered))
    return render_template("documents/show.html", page=page, text=text)


@bp.get("/edit")
@signed_in
def begin(ref: str, kind: str) -> ResponseReturnValue:
    """Go on writing where something is missing."""
    page = read_form(ref, kind)
    if page.barred is not None:
        return barred(page)
    return redirect(steps.first_open(page), code=303)


@bp.get("/edit/<section>")
@signed_in
def edit(ref: str, kind: str, section: str) -> ResponseReturnValue:
    """One section of the form."""
    page = read_form(ref, kind)
    if page.barred is not None:
        return barred(page)
    part = section_of(page, section)
    left = unsaved.unsaved(page, part, _place(page, part))
    if left is not None:
        return _shown(page, part, left.form, left=left, seen=left.seen)
    form = FieldsForm(part.fields, page.offered).stored(page.content).noted(page.findings)
    return _shown(page, part, form)


@bp.post("/edit/<section>")
@signed_in
def save(ref: str, kind: str, section: str) -> ResponseReturnValue:
    """Keep a section as it is now, complete or not; the text stays in the form if it cannot be."""
    page = read_form(ref, kind)
    if page.barred is not None:
        return barred(page)
    part = section_of(page, section)
    form = FieldsForm(part.fields, page.offered).typed(request.form)
    if "add" in request.form or "remove" in request.form:
        return _shown(page, part, form, focus=form.rearranged(request.form), seen=_seen())
    if not form.validate():
        return _shown(page, part, form, seen=_seen()), 422
    try:
        version = _kept(page, part, form)
    except Invalid as refusal:
        form.tell(refusal.faults)
        return _shown(page, part, form, problem=plainly(refusal.said), seen=_seen()), 422
    except Stale as refusal:
        return _overtaken(page, part, form, refusal), 409
    if KEY not in request.form:
        unsaved.taken(_place(page, part))
    flash(_saved(page, version))
    further = request.form.get("action") == "continue"
    here = steps.address(page, section)
    return redirect(steps.after(page, section) if further else here, code=303)


def read_form(ref: str, kind: str) -> FormPage:
    """The form as it stands; a series begins anew where the address or the form asks for it."""
    with engine().reading() as session:
        page = form_page(session, engine(), person().id, ref, kind=kind, fresh=_fresh())
    if not page.kind.sections and not page.file_kinds:
        raise NotFound(phrase("There is no such form."))
    return page


def section_of(page: FormPage, key: str) -> Section:
    """The section called `key`; refuses one that this document does not have."""
    found = page.section(key)
    if found is None:
        raise NotFound(phrase("This document has no such section."))
    return found


def barred(page: FormPage) -> ResponseReturnValue:
    """Say exactly why this person may not write this document."""
    status = status_of(page.barred) if page.barred is not None else 403
    return render_template("documents/barred.html", page=page), status


def _kept(page: FormPage, part: Section, form: FieldsForm) -> int:
    """File the document with this section as it was typed; returns the version.

    What was saved meanwhile is no obstacle where it left this section as it was.
    """
    content, seen = form.merged(page.content), _seen()
    if seen != page.version and not _fresh() and _changed(page, part, seen) is None:
        seen = page.version
    filing = Filing(page.case.ref, page.kind.key, content, seen)
    return commands.save(engine(), person().id, filing)


def _changed(page: FormPage, part: Section, seen: int) -> Saved | None:
    """The version that changed this section since the form was opened."""
    with engine().reading() as session:
        return changed_since(session, page, part, seen)


def _said_of(saved: Saved | None, refusal: Stale) -> str:
    """Whose version it is that the form was overtaken by, and when it was saved."""
    if saved is None:
        return plainly(refusal.said)
    if saved.person_id == person().id:
        return gettext(
            "You saved this page yourself at %(at)s, in another window or on another device. Your "
            "words are still in the form: compare them with the newer version, then save again.",
            at=instant(saved.at),
        )
    return gettext(
        "%(person)s saved this page at %(at)s while you were writing. Your words are still in the "
        "form: compare them with the newer version, then save again.",
        person=saved.person, at=instant(saved.at),
    )  # fmt: skip


def _saved(page: FormPage, version: int) -> str:
    if version == page.version:
        return gettext("Nothing had changed; version %(version)d stands.", version=version)
    return gettext("Saved as version %(version)d.", version=version)


def _overtaken(page: FormPage, part: Section, form: FieldsForm, refusal: Stale) -> str:
    """The person's text in the form, beside what the newer version says."""
    newer = read_form(page.case.ref, page.kind.key)
    mine = form.merged(newer.content)
    say = sayer(newer.offered)
    told = diff.between(newer.kind, mine, newer.content, say)
    changed = next(each for each in told if each.key == part.key)
    theirs = diff.whole(newer.kind, newer.content, say)
    whole = next(each for each in theirs if each.key == part.key)
    pairs = zip(changed.fields, whole.fields, strict=True)
    return _shown(
        newer, part, form,
        stale=_said_of(_changed(newer, part, _seen()), refusal), newer=[text for difference, text in pairs if difference.changed],
    )  # fmt: skip


def _fresh() -> bool:
    """Whether the form begins the next report of a series."""
    return "new" in request.args or "fresh" in request.form


def _place(page: FormPage, part: Section) -> str:
    """Where the form of this section goes."""
    return unsaved.place_of(page, part.key, fresh=_fresh())


def _shown(page: FormPage, part: Section, form: FieldsForm, **more: Any) -> str:
    """The page of one section."""
    told = {
        "problem": "",
        "stale": "",
        "newer": (),
        "focus": "",
        "seen": page.version,
        "left": None,
    }
    told |= more
    remarks = [
        r for back in page.returns for r in back.remarks if r.section in (part.key, part.title)
    ]
    return render_template(
        "documents/edit.html",
        page=page, part=part, form=form, steps=steps.steps(page), here=part.key,
        remarks=remarks, by_region=by_region, fresh=_fresh(), place=_place(page, part),
        elsewhere=unsaved.elsewhere(page, part.key),
        files_address=url_for("attachments.index", ref=page.case.ref, kind=page.kind.key),
        **told,
    )  # fmt: skip


def _seen() -> int:
    """The version that the form was opened on; one that makes no sense is an old one."""
    return _number(request.form.get("seen_version")) or 0


def _number(written: str | None) -> int | None:
    """A number from an address or a hidden field."""
    if written is None:
        return None
    found = whole(written)
    return -1 if found is None else found
