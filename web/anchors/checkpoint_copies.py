"""A checkpoint that goes along with what is taken away."""

from base64 import b64encode

from flask import Response

from web.access import engine, now, person
from workflow.tlog.inclusion import Inclusion, inclusion
from workflow.tlog.store.queries import Published
from workflow.tlog.witnesses import anchors
from workflow.tlog.witnesses.anchors import AnchorKind

HEADER = "Primemover-Checkpoint"


def carry(response: Response, kind: AnchorKind = AnchorKind.EXPORT) -> Response:
    """Have `response` carry the current checkpoint, and note that it left with it.

    A table has no place for a note, so that its text goes along in a header, as base64.
    """
    with engine().reading() as session:
        found = anchors.current(session)
    if found is not None:
        published, note = found
        response.headers[HEADER] = b64encode(note.encode()).decode()
        leave(published, kind)
    return response


def leave(published: Published, kind: AnchorKind) -> None:
    """Note that the person who asks takes a checkpoint away."""
    of = published.checkpoint
    with engine().transaction() as session:
        anchors.leave(session, kind, anchors.person(person().id), of.size, of.root, now())


def shown(event_hash: bytes) -> Inclusion:
    """How far an event has come, for a page that may be printed and so be taken away."""
    with engine().reading() as session:
        found = inclusion(session, event_hash)
    if found.covering is not None:
        leave(found.covering, AnchorKind.RECEIPT)
    return found
