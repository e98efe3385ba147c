"""The page on which programmes are brought in: choose a file, look at what would happen, keep it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, role
from web.imports.files import IMPORT, IMPORTERS, wanted_import
from web.orders.hand_out import LATE, ordered, shelf
from web.wording import plainly
from workflow.engine.documents.file_types import clean_name
from workflow.errors import Fault, FaultyFile, Invalid
from workflow.orders.kinds import OrderKind, Wish
from workflow.orders.lines import last_of_kind
from workflow.phrase import phrase
from workflow.programmes.imports.run import read_content
from workflow.vocabulary import OFFICERS

bp = Blueprint("imports", __name__, url_prefix="/programmes/import")

LARGEST = 5 * 1024 * 1024
MOST_SHOWN = 100


@bp.get("")
@role(*IMPORTERS)
def index() -> ResponseReturnValue:
    """What a file has to be, and what became of the last one."""
    return _shown()


@bp.post("")
@role(*IMPORTERS)
def bring_in() -> ResponseReturnValue:
    """Order the import of a sound file; whatever is wrong with one is said beside it, row by row."""
    dry = request.form.get("keep") != "yes"
    try:
        name, content = _sent()
        ordered(IMPORT, wanted_import(name, content, dry=dry))
        read_content(name, content)
    except FaultyFile as refusal:
        # The order stands: it makes the file of all faults.
        return _shown(plainly(refusal.said), refusal.faults), 422
    except Invalid as refusal:
        return _shown(plainly(refusal.said)), 422
    return redirect(url_for(".index"), code=303)


def _sent() -> tuple[str, bytes]:
    """The file that was sent, with a name to call it by; refuses none, an empty one and one too large."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(phrase("Choose a file."))
    content = upload.stream.read(LARGEST + 1)
    if not content:
        raise Invalid(phrase("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise Invalid(
            phrase(
                "This file has more than %(most)s MB. Bring it in on the machine: primemover import "
                "programmes FILE.csv",
                most=LARGEST // 1024**2,
            )
        )
    return clean_name(upload.filename), content


def _shown(problem: str = "", faults: tuple[Fault, ...] = ()) -> str:
    with engine().reading() as session:
        last = last_of_kind(session, shelf(), person().id, Wish(OrderKind.IMPORT, {}), now())
    late = last is not None and last.waits_longer_than(LATE, now())
    said = [plainly(each.said) for each in faults[:MOST_SHOWN]]
    return render_template(
        "imports/index.html",
        last=last,
        late=late,
        problem=problem,
        faults=said,
        adopts=person().holds(*OFFICERS),
        more=max(len(faults) - MOST_SHOWN, 0),
        largest=LARGEST // 1024**2,
    )
