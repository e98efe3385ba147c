"""One act of several steps under the lock of its case, recognised where it is sent again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine import unit_of_work
from workflow.engine.acts.steps import CaseStep, filed, took
from workflow.engine.commands import receipts
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.rounds.decision import IdentityProof
from workflow.engine.unit_of_work import LockedCase
from workflow.errors import NotFound
from workflow.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True)
class At:
    """Where an act stands: on which case, as which version of it showed, and under which key it is sent."""

    ref: str
    seen_version: int | None = None
    key: str = ""
    proof: IdentityProof | None = None


@dataclass(frozen=True, slots=True)
class ActKind:
    """What cases an act is about, and as what somebody is told of a reference that is none of them."""

    subject: str
    called: Phrase


class CaseAct:
    """One act on a case under its lock: what it files and takes stands and falls together."""

    def __init__(self, engine: Engine, session: Session, person: int, at: At) -> None:
        self.engine, self.session, self.person, self.at = engine, session, person, at
        self.case: LockedCase = unit_of_work.lock_case(session, at.ref)
        self.receipt = Receipt(at.ref, 0, "", "", "", "", self.case.state, "")

    def file(self, kind: str, content: Mapping[str, Any]) -> None:
        """File a text."""
        filed(self.engine, self.session, self.person, self.at.ref, kind, content)

    def take(self, step: CaseStep) -> None:
        """Give an answer; the receipt of the last one is that of the act."""
        self.receipt = took(
            self.engine, self.session, self.person, self.at.ref, step, self.at.proof
        )


def acted(
    engine: Engine,
    person: int,
    at: At,
    kind: ActKind,
    asked: Mapping[str, Any],
    do: Callable[[CaseAct], None],
) -> Receipt:
    """Act on a case that somebody may know of; sent again under its key it is answered alike.

    `asked` is what the key stands for. Refuses a case of another kind, and a page older than the case.
    """
    engine.refuse_doubt()
    request = receipts.request_digest({"ref": at.ref, **asked})
    with engine.transaction() as session:
        visible_case(session, at.ref, person, engine.now())
        act = CaseAct(engine, session, person, at)
        if act.case.subject != kind.subject:
            raise NotFound(
                phrase("There is no %(case)s called %(ref)s.", case=kind.called, ref=at.ref)
            )
        kept = receipts.answered(session, person, at.key, request) if at.key else None
        if kept is not None:
            return Receipt(**kept)
        if at.seen_version is not None:
            unit_of_work.refuse_stale(act.case, at.seen_version)
        do(act)
        if at.key:
            receipts.keep(session, person, at.key, request, act.receipt.as_kept(), engine.now())
        return act.receipt
