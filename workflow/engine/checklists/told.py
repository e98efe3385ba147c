"""What a checklist calls: a case below to whoever may know of it, and to others of what kind and how many there are."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to, known_to_all
from workflow.lifecycles.children.checklist import CheckedLine, Unmet
from workflow.phrase import Phrase, Term, counted
from workflow.reading import asked_once

Key = TypeVar("Key", bound=Hashable)


class _MayBeCalled(NamedTuple):
    """The references of cases of which the reader may know, and of those of which everybody may."""

    here: frozenset[str]
    everywhere: frozenset[str]


def told(
    session: Session,
    lists: Mapping[Key, tuple[CheckedLine, ...]],
    person: int | None,
    today: date,
) -> Mapping[Key, tuple[CheckedLine, ...]]:
    """The checklists as a person may know them; nobody in particular is told of all.

    Each says too what of it everybody may know.
    """
    every = [line for lines in lists.values() for line in lines]
    refs = {each.ref for line in every for each in (*line.found.left, *line.found.ended)} - {""}
    if not refs:
        return lists
    known = _known(session, tuple(sorted(refs)), person, today)
    return {key: tuple(_line(line, known) for line in lines) for key, lines in lists.items()}


@asked_once
def _known(
    session: Session, refs: tuple[str, ...], person: int | None, today: date
) -> _MayBeCalled:
    here = literal(True) if person is None else known_to(person, today)  # noqa: FBT003
    asked = select(LifecycleCase.ref, here.label("here"), known_to_all().label("everywhere")).where(
        LifecycleCase.ref.in_(bindparam("refs", expanding=True))
    )
    rows = session.connection().execute(asked, {"refs": refs}).all()
    return _MayBeCalled(
        frozenset(row.ref for row in rows if row.here),
        frozenset(row.ref for row in rows if row.everywhere),
    )


def _line(line: CheckedLine, known: _MayBeCalled) -> CheckedLine:
    found = line.found
    to_all = tuple(each.said for each in _named(found.left, known.everywhere, _left))
    left, ended = (
        _named(of, known.here, said) for of, said in ((found.left, _left), (found.ended, _ended))
    )
    return replace(line, found=replace(found, left=left, ended=ended, to_all=to_all))


def _named(
    of: Sequence[Unmet], known: frozenset[str], said: Callable[[int, Term], Phrase]
) -> tuple[Unmet, ...]:
    """Those that may be called, and of the others how many of each kind there are."""
    called = (each for each in of if not each.ref or each.ref in known)
    return (*called, *_counted((each for each in of if each.ref and each.ref not in known), said))


def _counted(of: Iterable[Unmet], said: Callable[[int, Term], Phrase]) -> tuple[Unmet, ...]:
    numbers: dict[str, int] = {}
    for each in of:
        numbers[each.kind] = numbers.get(each.kind, 0) + 1
    return tuple(Unmet(said(number, Term(kind))) for kind, number in numbers.items())


def _left(number: int, kind: Term) -> Phrase:
    return counted(
        "%(num)s case of “%(kind)s” that was not sent is left",
        "%(num)s cases of “%(kind)s” that were not sent are left",
        number,
        kind=kind,
    )


def _ended(number: int, kind: Term) -> Phrase:
    return counted(
        "%(num)s case of “%(kind)s” that was not sent has ended",
        "%(num)s cases of “%(kind)s” that were not sent have ended",
        number,
        kind=kind,
    )
