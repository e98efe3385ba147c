"""A reading sees one state of things, so no question has to be asked twice in it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class ReadingSession(Session):
    """A session that writes nothing and keeps the answers to questions that are asked once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.answers: dict[Hashable, Any] = {}


def brought_along(
    session: Session,
    question: Callable[Concatenate[Session, Asked], Answer],
    answer: Answer,
    *args: Asked.args,
    **named: Asked.kwargs,
) -> None:
    """Keep the answer to a question that is asked once, where another question brought it along."""
    if isinstance(session, ReadingSession):
        session.answers[_key(question, args, named)] = answer


def asked_once(
    question: Callable[Concatenate[Session, Asked], Answer],
) -> Callable[Concatenate[Session, Asked], Answer]:
    """Have `question` answered from memory where a reading asks it again; what writes asks anew.

    Its arguments have to be hashable, and nobody may change what it returns.
    """

    @wraps(question)
    def ask(session: Session, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        if not isinstance(session, ReadingSession):
            return question(session, *args, **named)
        key = _key(ask, args, named)
        if key not in session.answers:
            session.answers[key] = question(session, *args, **named)
        answer: Answer = session.answers[key]
        return answer

    return ask


def _key(question: Hashable, args: tuple[Any, ...], named: dict[str, Any]) -> Hashable:
    return question, args, tuple(sorted(named.items()))
