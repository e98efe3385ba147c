"""How every verb begins: the case locked, the request recognised, the round looked up."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from workflow.engine import cases, receipts
from workflow.engine.definition import RoundSpec
from workflow.engine.engine import Engine
from workflow.engine.ledger import Ledger
from workflow.engine.receipts import Receipt
from workflow.errors import NotFound


class Wish(Protocol):
    """What somebody asks of a case, under a key that tells a repeat from a second wish."""

    @property
    def ref(self) -> str:
        """The case."""

    @property
    def key(self) -> str:
        """What the request is called."""

    def as_content(self) -> Mapping[str, Any]:
        """Everything that makes this request what it is."""


def claimed(
    engine: Engine, session: Session, person: int, wish: Wish
) -> tuple[Ledger, str, Receipt | None]:
    """The ledger of the locked case, the request's digest, and the receipt if this is a repeat."""
    case = cases.claim(session, wish.ref)
    digest = receipts.request_digest(dict(wish.as_content()))
    earlier = receipts.replayed(session, person, wish.key, digest)
    definition = engine.definition(case.definition_id, session)
    return Ledger(session, case, definition, person, engine.now()), digest, earlier


def spec_of(ledger: Ledger, key: str) -> RoundSpec:
    """The round called `key`; refuses one that the lifecycle does not hold."""
    spec = ledger.definition.rounds.get(key)
    if spec is None:
        raise NotFound("There is no such round in this lifecycle.")
    return spec
