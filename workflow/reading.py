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
        key = (question, args, tuple(sorted(named.items())))
        if key not in session.answers:
            session.answers[key] = question(session, *args, **named)
        answer: Answer = session.answers[key]
        return answer

    return ask
