"""The texts under a decision that whoever decides may still change, and why each came back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.engine.documents.returns import Return, last_returns
from workflow.engine.engine import Engine
from workflow.programmes.documents.versions import writing_barred
from workflow.programmes.visible_case import visible_case


@dataclass(frozen=True, slots=True)
class OwnText:
    """A document that the person may write now, with the answers that sent it back."""

    key: str
    label: str
    returns: tuple[Return, ...]


def own_texts(
    session: Session, engine: Engine, person: int, ref: str, kinds: Collection[str]
) -> tuple[OwnText, ...]:
    """Those of `kinds` that have a form and that the person may write as the case stands."""
    case = visible_case(session, engine, person, ref)
    written = (case.kind(key) for key in kinds)
    return tuple(
        OwnText(kind.key, kind.label, last_returns(session, case.definition, case.id, kind))
        for kind in written
        if kind.sections and writing_barred(session, case, kind) is None
    )
