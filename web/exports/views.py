"""The page on which an auditor takes histories away, one or a portfolio of them."""

import tempfile
from pathlib import Path

from babel import Locale
from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from web.access import engine, lasting_engine, now, person, role
from web.anchors.checkpoint_copies import carry
from web.exports.forms import LEADS_TO, ExportForm
from web.filters import word
from web.wording import area_label
from workflow.errors import NotFound
from workflow.exports.export import FORMS, ExportRequest, export, tell
from workflow.exports.population import population
from workflow.programmes.lists import counts
from workflow.vocabulary import Stage

NAMED = frozenset({"ref", "text", "framework", "stage", "country", "area"})

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("")
@role("auditor")
def show() -> ResponseReturnValue:
    """What can be taken away; an address may name a history or a portfolio."""
    named = {name: value for name, value in request.args.items() if name in NAMED}
    return _page(ExportForm(formdata=None, data=named))


@bp.post("")
@role("auditor")
def take() -> ResponseReturnValue:
    """Put on record that a copy is taken away, and hand it out."""
    form = ExportForm()
    if not form.validate_on_submit():
        return _page(form), 422
    ref = form.ref.data or ""
    try:
        with engine().reading() as session:
            ids = population(session, person().id, ref, form.filters(), now())
    except NotFound:
        form.ref.errors = [gettext("There is no history of this name.")]
        return _page(form), 422
    if not ids:
        form.text.errors = [gettext("No history matches; take a filter away.")]
        return _page(form), 422
    locale = get_locale() or Locale("en")
    request_ = form.wish(right_to_left=locale.text_direction == "rtl")
    note = tell(engine(), person().id, [ref] if ref else (), request_, len(ids))
    return _file(ids, request_, note, f"history-{ref}" if ref else "histories")


def _page(form: ExportForm) -> str:
    with engine().reading() as session:
        choices = counts.choices(session, person().id, now())
    form.offer(choices, area_label, _stage)
    return render_template("exports/show.html", form=form, leads_to=LEADS_TO)


def _stage(stage: Stage) -> str:
    return gettext("Ended") if stage is Stage.END else str(word(stage.value.capitalize()))


def _file(ids: list[int], request_: ExportRequest, note: str, name: str) -> Response:
    """The export as a download; its file is gone from the disk before the answer leaves."""
    kind = FORMS[request_.form]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{name}.{kind.ending}"
        export(lasting_engine(), ids, request_, target, note=note)
        file = target.open("rb")
    return carry(
        send_file(file, mimetype=kind.media_type, as_attachment=True, download_name=target.name)
    )
