"""Reading a document's versions, and writing the next one section by section."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.documents import promotion, steps, unsaved, withheld
from web.documents.forms import FieldsForm
from web.documents.regions import by_region
from web.documents.stored_values import sayer
from web.errors import status_of
from web.frame import in_words_of
from web.intake.kept import kept_of
from web.intake.numbers import whole
from web.reviews.values import spell
from web.wording import plainly
from web.working_copies import held_forms
from workflow.engine.documents import diff
from workflow.errors import Invalid, NotFound, Stale
from workflow.lessons.offered import SuggestedLesson
from workflow.lessons.programme import offered_while_written, offering_step
from workflow.lifecycles import form_checks
from workflow.lifecycles.clauses.remarks import Remark
from workflow.lifecycles.documents import Section
from workflow.phrase import phrase
from workflow.programmes.documents.drafts import FormPage, form_page
from workflow.programmes.documents.versions import document_page

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
    in_words_of(page.case.definition)
    before = page.before if page.before is not None else page.content
    text = diff.between(page.kind, before, page.content, sayer(page.offered))
    return render_template("documents/show.html", page=page, text=text, spell=spell)


@bp.get("/edit")
@signed_in
def begin(ref: str, kind: str) -> ResponseReturnValue:
    """Go on writing where something is missing; what nobody has begun opens on its first section.

    The next of a series that is asked for begins empty.
    """
    page = read_form(ref, kind)
    if page.barred is not None:
        return barred(page)
    if page.signing is not None and page.signing.anew:
        first = page.kind.sections[0].key
        return redirect(url_for(".edit", ref=ref, kind=kind, section=first, new=1), code=303)
    left = unsaved.every_unsaved(page)
    if page.saved is None and not left:
        return redirect(steps.steps(page)[0].address, code=303)
    return redirect(steps.first_open(unsaved.with_unsaved(page, left)), code=303)


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
        return _shown(
            page, part, form, focus=form.rearranged(request.form), seen=promotion.seen_version()
        )
    if not form.validate():
        return _shown(page, part, form, seen=promotion.seen_version()), 422
    try:
        return redirect(_taken(page, part, form), code=303)
    except Invalid as refusal:
        form.tell(refusal.faults)
        return _shown(
            page, part, form, problem=plainly(refusal.said), seen=promotion.seen_version()
        ), 422
    except Stale as refusal:
        return _overtaken(page, part, form, refusal), 409


def read_form(ref: str, kind: str) -> FormPage:
    """The form as it stands; a series begins anew where the address or the form asks for it."""
    with engine().reading() as session:
        page = form_page(session, engine(), person().id, ref, kind=kind, fresh=_fresh())
    if not page.kind.sections and not page.file_kinds:
        raise NotFound(phrase("There is no such form."))
    in_words_of(page.case.definition)
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


def _taken(page: FormPage, part: Section, form: FieldsForm) -> str:
    """Keep the page on the way to the next, or make a version of it; returns the address to go on at."""
    further = request.form.get("action") == "continue"
    onward = _kept_on_the_way(page, part, form) if further else ""
    if onward:
        return onward
    version = promotion.promote(page, part, form, fresh=_fresh())
    flash(_saved(page, version))
    return steps.after(page, part.key).address if further else steps.address(page, part.key)


def _kept_on_the_way(page: FormPage, part: Section, form: FieldsForm) -> str:
    """Keep this page for its writer and return the address of the next; nothing where that is no page to write."""
    following = steps.after(page, part.key)
    if following.key == part.key or page.section(following.key) is None or _fresh():
        return ""
    faults = form_checks.faults(page.kind, form_checks.as_kept(part.fields, form.content()))
    if faults:
        raise Invalid(phrase("Some of this cannot be kept as it is."), faults)
    unsaved.keep(page, _place(page, part), kept_of(request.form.items(multi=True)))
    held_forms.stay()
    flash(gettext("Kept for you. “Save” on any page makes a version of all that you went through."))
    return following.address


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
        stale=promotion.overtaken_by(newer, part, refusal), newer=[text for difference, text in pairs if difference.changed],
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
        remark
        for back in page.returns
        for remark in back.remarks
        if remark.section in (part.key, part.title)
    ]
    page = page if _fresh() else unsaved.with_unsaved(page, unsaved.every_unsaved(page))
    return render_template(
        "documents/edit.html",
        page=page, part=part, form=form, steps=steps.steps(page), here=part.key,
        remarks=remarks, since=_since(page, part, remarks), by_region=by_region, spell=spell, fresh=_fresh(),
        lessons=_lessons(page, part), place=_place(page, part), elsewhere=unsaved.elsewhere(page, part.key),
        files_address=url_for("attachments.index", ref=page.case.ref, kind=page.kind.key),
        **told,
    )  # fmt: skip


def _lessons(page: FormPage, part: Section) -> tuple[SuggestedLesson, ...]:
    """What was learnt elsewhere about the same, on the page of a proposal that says how it is gone about."""
    if page.kind.key != page.case.definition.facts or not offering_step(page.kind, part.key):
        return ()
    with engine().reading() as session:
        return offered_while_written(session, person().id, page.case, page.content, engine().now())


def _since(
    page: FormPage, part: Section, remarks: Sequence[Remark]
) -> Mapping[str, diff.FieldText]:
    """Of each field that a remark is about: what was changed in it since the document came back."""
    about = {remark.field for remark in remarks}
    if not about - {""}:
        return {}
    told = diff.between(page.kind, page.came_back_as, page.content, sayer(page.offered))
    here = next(each for each in told if each.key == part.key)
    return {text.field.key: text for text in here.fields if text.field.key in about}


def _number(written: str | None) -> int | None:
    """A number from an address or a hidden field."""
    if written is None:
        return None
    found = whole(written)
    return -1 if found is None else found
