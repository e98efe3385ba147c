"""Letters of appointment: put on record as files, and taken back where one was filed by mistake."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.offices.forms import LetterFileForm
from web.administration.offices.views import shown, withdrawal
from workflow.engine.documents.file_store import FileStore
from workflow.errors import Invalid
from workflow.offices.letters import file_letter, letters_of, withdraw_letter
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("keeping_letters", __name__, url_prefix="/office/appointments/<int:number>")


@bp.post("/letters")
@role(ADMINISTRATOR)
def file(number: int) -> ResponseReturnValue:
    """Put the letter of an appointment on record as a file."""
    form = LetterFileForm()
    if not form.validate_on_submit():
        return shown(number, filing=form), 422
    try:
        kept = _kept(number, request.files.get("file"))
    except Invalid as refusal:
        say(form, refusal)
        return shown(number, filing=form), 422
    flash(gettext("%(filename)s is filed.", filename=kept))
    return redirect(url_for("keeping_offices.show", number=number), code=303)


@bp.post("/withdrawal")
@role(ADMINISTRATOR)
def withdraw(number: int) -> ResponseReturnValue:
    """Take back a letter that was filed by mistake; its bytes stay for auditors."""
    with engine().reading() as session:
        form = withdrawal(letters_of(session, number))
    if not form.validate_on_submit():
        return shown(number, withdrawing=form), 422
    why = form.reason.data or ""
    try:
        with engine().transaction() as session:
            gone = withdraw_letter(session, form.letter.data, why, by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return shown(number, withdrawing=form), 422
    flash(gettext("%(filename)s is withdrawn.", filename=gone.filename))
    return redirect(url_for("keeping_offices.show", number=number), code=303)


def _kept(number: int, upload: FileStorage | None) -> str:
    """Keep the uploaded bytes, then put them on record; returns the name they go by."""
    if upload is None or not upload.filename:
        said = phrase("Choose a file first.")
        raise Invalid(said, {"file": said})
    store = FileStore(settings().files, settings().largest_upload)
    file = store.keep(upload.filename, upload.stream)
    with engine().transaction() as session:
        file_letter(session, number, file, by=person().id, now=now())
    return file.filename
