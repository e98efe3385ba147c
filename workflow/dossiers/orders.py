"""Dossiers as orders: what is asked for in the words of an order, and how one is handed out."""

import json
from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from workflow.dossiers.build import BuiltDossier
from workflow.dossiers.collect import DossierRequest, requested_case
from workflow.dossiers.hand_over import put_on_record
from workflow.dossiers.rights import rights
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.orders import lines, orders
from workflow.orders.kinds import OrderKind, Said, Wish
from workflow.orders.models import FileOrder
from workflow.orders.shelf import Shelf
from workflow.phrase import phrase


def order(engine: Engine, person: int, request: DossierRequest, language: str) -> int:
    """Order a dossier; the same one ordered again while it is made is that order.

    Refuses a history that the person may not know of, and a second one while one is being made.
    """
    with engine.reading() as session:
        case = may_ask(session, engine, request)
        if not case.head_seq:
            raise NotFound(phrase("Nothing is on this history yet."))
    wanted = {"bare": request.bare, "since": request.since}
    return orders.order(engine, person, Wish(OrderKind.DOSSIER, wanted, request.ref), language)


def request_of(ordered: FileOrder) -> DossierRequest:
    """The dossier that an order asks for, with the rights of whoever ordered it."""
    wanted = json.loads(ordered.wanted)
    return DossierRequest(
        ordered.ref, ordered.person_id, bare=wanted["bare"], since=wanted["since"]
    )


def made(built: BuiltDossier) -> Said:
    """What an order keeps of the dossier: the checkpoint on which it stands, and whose papers."""
    kinds = None if built.kinds is None else list(built.kinds)
    return {"log_size": built.size, "log_root": built.root.hex(), "kinds": kinds}


def last_order(
    session: Session, shelf: Shelf, person: int, ref: str, now: datetime
) -> lines.OrderLine | None:
    """The last order that this person made for this history, if it counts still."""
    return lines.last_of_kind(session, shelf, person, Wish(OrderKind.DOSSIER, {}, ref), now)


def fetch(engine: Engine, shelf: Shelf, person: int, ref: str, number: int) -> IO[bytes]:
    """The dossier that this person ordered, once it is put on record that it is taken away.

    Refuses whoever may not know of the history any more, and one that is not kept any more.
    """
    with engine.reading() as session:
        case = known_case(session, ref, person, engine.now())
        kinds = rights(session, engine, case, person, engine.now()).kinds

    def take(found: FileOrder) -> None:
        if (found.kind, found.ref) != (OrderKind.DOSSIER.value, ref):
            raise _not_kept()
        stood = json.loads(found.made)
        if not _still_open(stood.get("kinds"), kinds):
            raise _not_kept()
        root = bytes.fromhex(stood["log_root"])
        put_on_record(engine, person, ref, stood["log_size"], root)

    return orders.fetch(engine, shelf, person, number, take, _not_kept)


def may_ask(session: Session, engine: Engine, request: DossierRequest) -> LifecycleCase:
    """The case that a dossier may be asked of; refuses who takes no part in it, or may not know of it."""
    case = requested_case(session, request, engine.now())
    rights(session, engine, case, request.person, engine.now())
    return case


def _still_open(given: list[str] | None, now: list[str] | None) -> bool:
    """Whether all the kinds of papers that went in may be read still."""
    return now is None or (given is not None and set(given) <= set(now))


def _not_kept() -> NotFound:
    return NotFound(phrase("This dossier is not kept any more. Order it again."))
