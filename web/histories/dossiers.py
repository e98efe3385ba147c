"""The dossier of a history: a page that says what it is, and the zip file itself."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import IO

from babel.dates import format_date
from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional

from web import filters
from web.access import engine, now, person, settings, signed_in
from web.documents.attachments import store
from web.filters import word
from web.wording import plainly
from workflow.dossiers.build import DossierSources
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.fonts import prepared
from workflow.dossiers.hand_over import hand_over
from workflow.dossiers.render import Wording
from workflow.history import known_case
from workflow.tlog.witnesses import anchors

bp = Blueprint("dossiers", __name__, url_prefix="/histories/<ref>/dossier")

KEPT_IN_MEMORY = 8_000_000
PIECE = 65_536
LARGEST_SIZE = 2**53


class DossierForm(FlaskForm):
    """What may be left out of a dossier, and from where its proof should begin."""

    bare = BooleanField(lazy_gettext("Leave out names, reasons and papers"))
    since = IntegerField(
        lazy_gettext("Size of a checkpoint that you kept"),
        validators=[
            Optional(),
            NumberRange(1, LARGEST_SIZE, lazy_gettext("Give the number on its second line.")),
        ],
    )


@bp.get("")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """What a dossier is, what is in it, and a button to make one."""
    return _page(ref, DossierForm())


@bp.post("")
@signed_in
def make(ref: str) -> ResponseReturnValue:
    """Make the dossier, put on record that it is taken away, and hand it out."""
    form = DossierForm()
    if not form.validate_on_submit():
        return _page(ref, form), 422
    request = DossierRequest(ref, person().id, bare=bool(form.bare.data), since=form.since.data)
    file = _made(request)
    answer = Response(_pieces(file), content_type="application/zip")
    answer.content_length = file.seek(0, io.SEEK_END)
    name = f"dossier-{request.ref}.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _made(request: DossierRequest) -> IO[bytes]:
    """The dossier in a file of its own, of which nothing stays behind where it is refused."""
    with ExitStack() as refused:
        file = refused.enter_context(tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY))
        hand_over(engine(), request, _house(), file, _words())
        refused.pop_all()
        return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; it goes with the last of them, or when nobody listens any more."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _page(ref: str, form: DossierForm) -> str:
    with engine().reading() as session:
        case = known_case(session, ref, person().id, now())
        found = anchors.current(session)
    published = found[0] if found else None
    witnessed = found is not None and found[0].note != found[1]
    return render_template(
        "histories/dossier.html", case=case, form=form, published=published, witnessed=witnessed
    )


def _house() -> DossierSources:
    """What of this installation it takes to make a dossier."""
    fonts = prepared(settings().node_modules, settings().home / "cache")
    return DossierSources(store(), fonts, tuple(each.split()[0] for each in settings().witnesses))


def _words() -> Wording:
    """The language of the page, for the parts that are read."""
    return Wording(str(filters.language()).replace("_", "-"), plainly, word, _instant)


def _instant(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    day = format_date(utc.date(), "medium", filters.language())
    return gettext("%(day)s, %(time)s UTC", day=day, time=f"{utc:%H:%M:%S}")
