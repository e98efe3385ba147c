"""How the cases under a case stand, and what of it a round waits for still."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.children.waits import (
    ChildStanding,
    HowMany,
    WaitsFor,
    barring,
    is_over,
)
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.phrase import OneOf, Phrase, Term, counted, together
from workflow.reading import asked_once
from workflow.vocabulary import Stage

# A sentence names so many cases and says how many there are besides.
MOST_NAMED = 5
_BELOW = (
    select(ChildCase.parent_id, ChildCase.kind, LifecycleCase.ref, LifecycleCase.state, LifecycleCase.stage)
    .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
    .where(ChildCase.parent_id.in_(bindparam("cases", expanding=True)))
    .order_by(ChildCase.parent_id, ChildCase.number)
)  # fmt: skip


class CaseBelow(NamedTuple):
    """A case under another one, by its reference, and how it stands."""

    ref: str
    standing: ChildStanding


def cases_below(session: Session, cases: Collection[int]) -> Mapping[int, Sequence[CaseBelow]]:
    """The cases under each of these, in the order in which they were opened."""
    return _below(session, tuple(sorted(set(cases))))


@asked_once
def _below(session: Session, cases: tuple[int, ...]) -> Mapping[int, Sequence[CaseBelow]]:
    found: dict[int, list[CaseBelow]] = {}
    for row in session.connection().execute(_BELOW, {"cases": cases}) if cases else ():
        standing = ChildStanding(row.kind, row.state, row.stage == Stage.END.value)
        found.setdefault(row.parent_id, []).append(CaseBelow(row.ref, standing))
    return found


def awaited(
    session: Session, rounds: Iterable[tuple[int, Definition, RoundSpec]]
) -> dict[tuple[int, str], Phrase]:
    """What each of these rounds of cases waits for still, by case and key; most wait for nothing."""
    waiting = [each for each in rounds if each[2].waits_for]
    below = cases_below(session, {case_id for case_id, _, _ in waiting}) if waiting else {}
    found = {}
    for case_id, definition, spec in waiting:
        unmet = tuple(unmet_waits(definition, spec, below.get(case_id, ())))
        if unmet:
            found[case_id, spec.key] = together(unmet)
    return found


def unmet_waits(
    definition: Definition, spec: RoundSpec, below: Sequence[CaseBelow]
) -> Iterator[Phrase]:
    """A sentence for each wait of a round that is not over, as the cases below stand."""
    standing = [each.standing for each in below]
    for waits in spec.waits_for:
        if not is_over(waits, standing):
            yield _said(waits, Term(definition.children[waits.children].label), below)


def _said(waits: WaitsFor, kind: Term, below: Sequence[CaseBelow]) -> Phrase:
    left = barring(waits, [each.standing for each in below])
    refs = tuple(each.ref for each in below if each.standing in left)
    if waits.until is HowMany.ALL and refs:
        return _named(waits, kind, refs)
    over = sum(each.standing.kind == waits.children for each in below) - len(left)
    missing = waits.least - over
    if not waits.ended_in:
        return counted(
            "This waits until %(num)s more case of “%(kind)s” has ended.",
            "This waits until %(num)s more cases of “%(kind)s” have ended.",
            missing,
            kind=kind,
        )
    return counted(
        "This waits until %(num)s more case of “%(kind)s” has ended as %(states)s.",
        "This waits until %(num)s more cases of “%(kind)s” have ended as %(states)s.",
        missing,
        kind=kind,
        states=_ends(waits),
    )


def _named(waits: WaitsFor, kind: Term, refs: tuple[str, ...]) -> Phrase:
    """That these cases have to end first, or would have had to end otherwise."""
    shown = refs[:MOST_NAMED] + (("…",) if len(refs) > MOST_NAMED else ())
    if not waits.ended_in:
        return counted(
            "This waits until %(refs)s (%(kind)s) has ended.",
            "This waits until %(num)s cases of “%(kind)s” have ended: %(refs)s.",
            len(refs),
            kind=kind,
            refs=shown,
        )
    return counted(
        "This waits until %(refs)s (%(kind)s) has ended as %(states)s.",
        "This waits until %(num)s cases of “%(kind)s” have ended as %(states)s: %(refs)s.",
        len(refs),
        kind=kind,
        refs=shown,
        states=_ends(waits),
    )


def _ends(waits: WaitsFor) -> OneOf:
    """The ends that count, as the lifecycles of the cases below call them."""
    return OneOf(tuple(Term(each.replace("_", " ")) for each in waits.ended_in))
