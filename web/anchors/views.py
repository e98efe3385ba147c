"""Anchors: when a checkpoint last left the house, the checkpoint itself, and proofs of events."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from web.access import engine, now, person, settings, signed_in
from web.anchors.checkpoint_copies import leave
from web.anchors.pages import anchors_page
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.event_sight import is_open
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.history.reader import spoken_by
from workflow.history.recorded import told_once
from workflow.people.appointments import AUDITOR
from workflow.phrase import phrase
from workflow.tlog.inclusion import inclusion, proof_file
from workflow.tlog.witnesses import anchors
from workflow.tlog.witnesses.anchors import AnchorKind
from workflow.vocabulary import OFFICERS

bp = Blueprint("anchors", __name__)

PLAIN = "text/plain; charset=utf-8"
# Who may read which person took something away.
NAMED_TO = (AUDITOR, *OFFICERS)


@bp.get("/anchors")
@signed_in
def index() -> ResponseReturnValue:
    """What of the log is outside, and whether tampering would show."""
    chosen = settings()
    witnesses = [each.partition(" ")[0] for each in chosen.witnesses]
    with engine().reading() as session:
        page = anchors_page(session, witnesses, chosen.anchor_days, now())
    named = person().holds(*NAMED_TO)
    return render_template(
        "anchors/index.html", page=page, named=named, me=anchors.person(person().id)
    )


@bp.get("/anchors/checkpoint")
@signed_in
def checkpoint() -> ResponseReturnValue:
    """The current checkpoint as it was signed; that it was taken is noted."""
    with engine().reading() as session:
        found = anchors.current(session)
    if found is None:
        raise NotFound(phrase("No checkpoint has been signed yet."))
    leave(found[0], AnchorKind.COPY)
    return _file(found[1], f"checkpoint-{found[0].checkpoint.size}.txt")


@bp.get("/log/proof/<event>")
@signed_in
def proof(event: str) -> ResponseReturnValue:
    """The proof that an event is in the log, for those who may read the history it is on.

    Whose act it was takes the event along, and so do auditors: that is a receipt.
    """
    link = _hash(event)
    with engine().reading() as session:
        ref = session.execute(
            select(LifecycleCase.ref, Event.seq, Event.case_id, Event.person_id, Event.body)
            .join(Event, Event.case_id == LifecycleCase.id)
            .where(Event.hash == link)
        ).first()
        if ref is None:
            raise NotFound(phrase("There is no such event."))
        _refuse_unread(session, ref)
        mine = ref.person_id == person().id or person().holds(AUDITOR)
        text = proof_file(session, link, bytes(ref.body) if mine else None)
        found = inclusion(session, link).covering
    if found is None or text is None:
        raise NotFound(phrase("This event waits for the next checkpoint. Try again in a moment."))
    leave(found, AnchorKind.RECEIPT)
    return _file(text, f"{ref.ref}-{ref.seq}.tlog-proof")


def _refuse_unread(session: Session, of: Row[str, int, int, int | None, bytes]) -> None:
    """Refuse whoever may not read the event, in the words that say that there is none."""
    try:
        case = known_case(session, of.ref, person().id, now())
        definition = spoken_by(session, engine(), case.definition_id)
        sight = CaseSight.of_case(session, definition, (case.id, case.ref), person().id, now())
        readable = is_open(sight, told_once(session, case.id, of.seq))
    except NotFound:
        readable = False
    if not readable:
        raise NotFound(phrase("There is no such event."))


def _hash(event: str) -> bytes:
    """The hash that an address names; whatever is none is not found."""
    if len(event) != 64 or not event.isascii():
        raise NotFound(phrase("There is no such event."))
    try:
        return bytes.fromhex(event)
    except ValueError as fault:
        raise NotFound(phrase("There is no such event.")) from fault


def _file(text: str, name: str) -> Response:
    response = Response(text, content_type=PLAIN)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
