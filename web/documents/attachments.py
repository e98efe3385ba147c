"""Files beside a document: putting them on record, taking them off, and handing them out."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, settings, signed_in
from web.documents import steps, withheld
from web.documents.views import barred, read_form
from web.wording import plainly
from workflow.engine.commands import file_document
from workflow.engine.documents.file_store import FileStore
from workflow.engine.documents.file_types import TYPES
from workflow.errors import Invalid, NotFound
from workflow.phrase import phrase
from workflow.programmes.documents.attachments import one_attached
from workflow.programmes.documents.drafts import FormPage
from workflow.programmes.visible_case import visible_case

bp = Blueprint("attachments", __name__, url_prefix="/programmes/<ref>")

FORM = f"/documents/<kind>/edit/{steps.FILES}"
SHUT_IN = "sandbox; default-src 'none'"


@bp.get(FORM)
@signed_in
def index(ref: str, kind: str) -> ResponseReturnValue:
    """The files of a document, and a way to add more."""
    page = _form(ref, kind)
    return barred(page) if page.barred is not None else _shown(page)


@bp.post(FORM)
@signed_in
def attach(ref: str, kind: str) -> ResponseReturnValue:
    """Put one file on record; a refusal is told beside the button."""
    page = _form(ref, kind)
    if page.barred is not None:
        return barred(page)
    under = request.form.get("under", "")
    try:
        kept = _kept(page, under)
    except Invalid as refusal:
        said = plainly(refusal.said)
        if _sent_by_script():
            return jsonify(problem=said), 422
        return _shown(page, problem=said, under=under), 422
    flash(gettext("%(filename)s is attached.", filename=kept))
    here = url_for(".index", ref=ref, kind=kind)
    return jsonify(next=here) if _sent_by_script() else redirect(here, code=303)


@bp.post(f"{FORM}/<int:attachment>/remove")
@signed_in
def remove(ref: str, kind: str, attachment: int) -> ResponseReturnValue:
    """Take one file off the document; what was signed over it is void."""
    page = _form(ref, kind)
    if page.barred is not None:
        return barred(page)
    with engine().reading() as session:
        file = one_attached(session, page.case, attachment)
    file_document.detach(engine(), person().id, ref, file.id)
    flash(gettext("The file is taken off; its line in the history stays."))
    return redirect(url_for(".index", ref=ref, kind=kind), code=303)


@bp.get("/files/<int:attachment>")
@signed_in
def download(ref: str, attachment: int) -> ResponseReturnValue:
    """Hand out one file, to be saved and never to be opened as part of this site."""
    with engine().reading() as session:
        case = visible_case(session, engine(), person().id, ref)
        file = one_attached(session, case, attachment)
    if kept := withheld.instead(ref, file.kind):
        return kept
    answer = send_file(
        store().path(file.digest), mimetype=file.media_type, as_attachment=True,
        download_name=file.filename, etag=False, conditional=False,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = SHUT_IN
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def store() -> FileStore:
    """Where this installation keeps attached files."""
    return FileStore(settings().files, settings().largest_upload)


def _form(ref: str, kind: str) -> FormPage:
    page = read_form(ref, kind)
    if not page.file_kinds:
        raise NotFound(phrase("This document takes no files."))
    return page


def _sent_by_script() -> bool:
    """Whether the page itself sent the file, showing how far it was, and waits for where to go on."""
    return request.accept_mimetypes.best == "application/json"


def _kept(page: FormPage, under: str) -> str:
    """Keep the uploaded bytes, then put them on record; returns the name they go by."""
    upload = request.files.get("file")
    if under not in {kind.key for kind in page.file_kinds}:
        raise Invalid(phrase("Say what this file is."))
    if upload is None or not upload.filename:
        raise Invalid(phrase("Choose a file first."))
    file = store().keep(upload.filename, upload.stream)
    file_document.attach(engine(), person().id, page.case.ref, under, file)
    return file.filename


def _shown(page: FormPage, problem: str = "", under: str = "") -> str:
    return render_template(
        "documents/files.html",
        page=page, steps=steps.steps(page), here=steps.FILES, title=steps.files_title(page),
        problem=problem, under=under, files_of=steps.files_of,
        accepted=",".join(TYPES), most=settings().max_upload_mb,
    )  # fmt: skip
