"""A reading sees one state of things, so no question has to be asked twice in it."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Thing = TypeVar("Thing", bound=Hashable)
_ANSWERS = "answers while nothing is written"


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


@contextmanager
def unwritten(session: Session) -> Iterator[None]:
    """Ask no question twice on a session that also writes, as long as it only asks."""
    if isinstance(session, ReadingSession) or _ANSWERS in session.info:
        yield
        return
    session.info[_ANSWERS] = {}
    try:
        yield
    finally:
        del session.info[_ANSWERS]


def asked_once(
    question: Callable[Concatenate[Session, Asked], Answer],
) -> Callable[Concatenate[Session, Asked], Answer]:
    """Have `question` answered from memory where a reading asks it again; what writes asks anew.

    What writes keeps answers only while it says that it is `unwritten`. Its arguments have to be hashable, and nobody may change what it returns.
    """

    @wraps(question)
    def ask(session: Session, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        answers = _kept(session)
        if answers is None:
            return question(session, *args, **named)
        key = _key(ask, args, named)
        if key not in answers:
            answers[key] = question(session, *args, **named)
        answer: Answer = answers[key]
        return answer

    return ask


def asked_once_each(
    question: Callable[[Session, int, tuple[Thing, ...]], Mapping[Thing, Answer]],
) -> Callable[[Session, int, tuple[Thing, ...]], Mapping[Thing, Answer]]:
    """Have a `question` about several things of a case asked, where a reading asks it again, about the new ones alone.

    It answers by thing. Otherwise as for what is asked once.
    """

    @wraps(question)
    def ask(session: Session, case_id: int, things: tuple[Thing, ...]) -> Mapping[Thing, Answer]:
        answers = _kept(session)
        if answers is None:
            return question(session, case_id, things)
        known: dict[Thing, Answer] = answers.setdefault(_key(ask, (case_id,), {}), {})
        if unknown := tuple(each for each in things if each not in known):
            known.update(question(session, case_id, unknown))
        return {each: known[each] for each in things if each in known}

    return ask


def _kept(session: Session) -> dict[Hashable, Any] | None:
    """The answers that a session keeps now; nothing where it asks anew each time."""
    if isinstance(session, ReadingSession):
        return session.answers
    return session.info.get(_ANSWERS)


def _key(question: Hashable, args: tuple[Any, ...], named: dict[str, Any]) -> Hashable:
    return question, args, tuple(sorted(named.items()))
