"""Files handed out: made at once where they are small, from the shelf where they were ordered."""

import io
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO

from flask import Response
from flask_babel import get_locale

from web.access import engine, person, settings
from web.anchors.checkpoint_copies import carry
from web.orders.kind import Kind, Task, Wanted
from workflow.orders.kinds import Wish
from workflow.orders.orders import order
from workflow.orders.shelf import Shelf

# So many events, or rows, are made while somebody waits; more are ordered.
AT_ONCE = 10_000
PIECE = 65_536
# An order that nobody took up for so long: those who do are not at work.
LATE = timedelta(seconds=30)


def shelf() -> Shelf:
    """Where the ordered files of this installation lie."""
    return Shelf(settings().dossiers)


def ordered(kind: Kind, wanted: Wanted) -> int:
    """Order a file for the person who asks, in the language of the page."""
    wish = Wish(kind.key, wanted)
    return order(engine(), person().id, wish, str(get_locale() or "en"))


def made_at_once(kind: Kind, wanted: Wanted) -> Response:
    """A small file, once it is put on record that it is taken away; nothing of it is kept here."""
    file = tempfile.NamedTemporaryFile()  # noqa: SIM115  It is let go with the last piece.
    try:
        made = kind.make(Task(engine(), person().id, wanted, file))
        kind.told(engine(), person().id, wanted, made)
    except BaseException:
        file.close()
        raise
    return carry(download(file, kind, wanted))


def download(file: IO[bytes], kind: Kind, wanted: Wanted) -> Response:
    """The file as a download."""
    return answer(file, kind.name(wanted), kind.media_type(wanted))


def answer(file: IO[bytes], name: str, media_type: str) -> Response:
    """A file to be saved under a name; it is let go with the answer, also where nobody reads it."""
    response = Response(_pieces(file), content_type=media_type)
    response.call_on_close(file.close)
    response.content_length = file.seek(0, io.SEEK_END)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; it is let go with the last of them."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
