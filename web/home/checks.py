"""A dossier or a receipt checked for whoever has one, without a sign-in: it is read, and not kept."""

import tempfile
import zipfile
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from web.access import engine, public
from web.home.receipt_words import ReceiptWords, receipt_words
from web.wording import plainly
from workflow.deferred import deferred
from workflow.dossiers.verifier.parcel import UNREADABLE_ZIP
from workflow.dossiers.verifier.report import INCOMPLETE, UNANCHORED, Report
from workflow.errors import Invalid, Overloaded
from workflow.phrase import phrase
from workflow.tlog.formats.proof import FIRST

if TYPE_CHECKING:
    from workflow.dossiers.verifier.command import examined
    from workflow.tlog.receipts import CheckedReceipt, checked_receipt, receipt_in
else:
    receipt_in = deferred("workflow.tlog.receipts", "receipt_in")
    checked_receipt = deferred("workflow.tlog.receipts", "checked_receipt")
    # What checks signatures is read in with the first dossier; most processes check none.
    examined = deferred("workflow.dossiers.verifier.command", "examined")

bp = Blueprint("checks", __name__)

MEGABYTE = 1024 * 1024
LARGEST, LARGEST_UNPACKED, MOST_MEMBERS = 20 * MEGABYTE, 200 * MEGABYTE, 5000
# A check takes a processor for seconds: in each process one at a time, so that pages go on.
ONE = Lock()
SOON = 5


@bp.get("/check")
@public
def show() -> ResponseReturnValue:
    """What can be checked here, and the form for it."""
    return _shown()


@bp.post("/check")
@public
def check() -> ResponseReturnValue:
    """Check the dossier or the receipt that was sent, and say what was found."""
    try:
        upload = _sent()
        if upload.stream.read(len(FIRST)) == FIRST.encode():
            return _shown(receipt=_receipt(upload.stream))
        upload.stream.seek(0)
        return _shown(report=_checked(upload))
    except Invalid as refusal:
        return _shown(problem=plainly(refusal.said)), 422
    except Overloaded as refusal:
        return _shown(problem=plainly(refusal.said)), 503, {"Retry-After": str(SOON)}


_TOO_LARGE = phrase(
    "This file is larger than is checked here, %(most)s MB. Check it on your own machine: python3 "
    "verify.py dossier.zip",
    most=LARGEST // MEGABYTE,
)
_NEITHER = phrase(
    "This is neither a receipt (.tlog-proof) nor a dossier (.zip). A page that was printed or kept as "
    "PDF cannot be checked: take the proof away from the page of the receipt, or from the history its "
    "dossier."
)


def _sent() -> FileStorage:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid(phrase("Choose a file."))
    return upload


def _receipt(rest: IO[bytes]) -> "CheckedReceipt":
    """What a receipt proves whose first line was read."""
    text = receipt_in(FIRST.encode() + rest.read(MEGABYTE))
    with engine().reading() as session:
        return checked_receipt(session, text)


def _checked(upload: FileStorage) -> Report:
    if not ONE.acquire(blocking=False):
        raise Overloaded(phrase("Another file is being checked. Try again in a moment."))
    try:
        with tempfile.NamedTemporaryFile(suffix=".zip") as aside:
            _copy(upload.stream, aside)
            _refuse_bomb(Path(aside.name))
            report = Report((upload.filename or "")[:100])
            examined(Path(aside.name), report, None, None, built_in=False)
            return report
    finally:
        ONE.release()


def _copy(sent: IO[bytes], aside: IO[bytes]) -> None:
    size = 0
    while piece := sent.read(MEGABYTE):
        size += len(piece)
        if size > LARGEST:
            raise Invalid(_TOO_LARGE)
        aside.write(piece)
    aside.flush()
    if not size:
        raise Invalid(phrase("This file is empty. Choose another one."))


def _refuse_bomb(path: Path) -> None:
    """Refuse what would unpack to more than is read here, by its own list."""
    try:
        with zipfile.ZipFile(path) as opened:
            members = opened.infolist()
    except UNREADABLE_ZIP as fault:
        raise Invalid(_NEITHER) from fault
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > LARGEST_UNPACKED:
        raise Invalid(_TOO_LARGE)


def _shown(
    report: Report | None = None, receipt: "CheckedReceipt | None" = None, problem: str = ""
) -> str:
    return render_template(
        "home/check.html",
        report=report,
        receipt=receipt,
        said=_words_of(receipt) if receipt else None,
        sound=report is not None and report.status <= UNANCHORED,
        incomplete=report is not None and report.status == INCOMPLETE,
        problem=problem,
        most=LARGEST // MEGABYTE,
    )


def _words_of(receipt: "CheckedReceipt") -> ReceiptWords:
    with engine().reading() as session:
        return receipt_words(session, engine(), receipt.event)
