"""Dossiers handed over: built, then put on record, and only then given to whoever asked."""

from typing import IO

from workflow.audit.envelope import Fact
from workflow.audit.events.histories import HistoryExported
from workflow.dossiers.build import BuiltDossier, DossierSources, build
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.render import Wording
from workflow.engine.engine import Engine
from workflow.history import access_log
from workflow.people.register import registered
from workflow.tlog.witnesses import anchors
from workflow.tlog.witnesses.anchors import AnchorKind


def hand_over(
    engine: Engine,
    request: DossierRequest,
    sources: DossierSources,
    to: IO[bytes],
    words: Wording | None = None,
) -> BuiltDossier:
    """Build the dossier into `to`, and record that it is taken away and by whom.

    The record comes after the dossier and so is not in it: an event that is in no checkpoint yet
    would leave each dossier without its last proof.
    """
    built = build(engine, request, sources, to, words)
    if request.person is None:
        taken = HistoryExported(form="dossier", cases=1, pseudonymous=request.bare)
        with engine.transaction() as session:
            registered(session, Fact(taken, None, engine.now()))
        return built
    put_on_record(engine, request.person, request.ref, built.size, built.root)
    return built


def put_on_record(engine: Engine, person: int, ref: str, size: int, root: bytes) -> None:
    """Record that a person takes a dossier away, and the checkpoint that leaves the house with it."""
    access_log.record_copy(engine, person, ref)
    if size:
        recipient = anchors.person(person)
        with engine.transaction() as session:
            anchors.leave(session, AnchorKind.DOSSIER, recipient, size, root, engine.now())
