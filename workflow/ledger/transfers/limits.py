"""How much money may be moved between outputs without an amendment, as the classes of the lifecycle say it.

A transfer is held against the checks of the amendment that would ask for the same: what its least class lets be
moved needs none, and of what is more the first class that lets it be moved is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from workflow.engine.documents.in_force import in_force, signed_below
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.ledger.accounts import MoneyAct, Movement
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.check import IN_FORCE, CheckKind, FormCheck, Stops
from workflow.lifecycles.checks.known import Content, KnownValues
from workflow.lifecycles.checks.results import CheckFinding, ConditionStatus
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.form_checks import with_repeated
from workflow.phrase import Dollars, Part, Phrase, Term, phrase
from workflow.programmes.in_force import AMOUNT, MOVED, MOVES, OUTPUT, OUTPUTS, TO

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ApprovedOutputs:
    """What is approved for each output of a case by now, in dollars, and what signed texts took from each."""

    by_output: Mapping[str, Decimal]
    taken: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class AmendmentClasses:
    """The form that asks to move money, and the field of it that says of which class that is."""

    child: str
    kind: DocumentKind
    field: Field


def beyond(
    session: Session, case_id: int, definition: Definition, kept: Sequence[Movement], of: Movement
) -> Phrase | None:
    """Why a transfer asks for an amendment, and of which class; nothing where it needs none."""
    output, to = of.left.output, of.account.output
    asked = next(_classes(session, definition), None)
    if asked is None or output == to:
        return None
    facts = in_force(session, case_id, definition)
    below = signed_below(session, case_id, asked.child)
    approved = approved_outputs(facts, [each.counts for each in below if each.heard])
    more = moved_beyond(approved, output, (*kept, of))
    if more <= NOTHING:
        return None
    row = {
        OUTPUT: output, "approved": str(approved.by_output[output]), MOVED: str(more), TO: to,
    }  # fmt: skip
    signed = [each.content for each in below if each.changes != frozenset()]
    found = _class_for(session, asked, row, facts, signed)
    if found == asked.field.options[0]:
        return None
    return _said(output, approved.by_output[output], more, found)


def approved_outputs(facts: Content, below: Sequence[Content]) -> ApprovedOutputs:
    """What facts in force say of each output, and what the texts that were heard took from it."""
    rows = facts.get(OUTPUTS) or ()
    approved = {str(row[OUTPUT]): Decimal(str(row[AMOUNT])) for row in rows}
    taken = dict.fromkeys(approved, NOTHING)
    for content in below:
        for row in content.get(MOVES) or ():
            for column, sign in ((OUTPUT, 1), (TO, -1)):
                if row.get(column) in taken:
                    taken[row[column]] += sign * Decimal(str(row.get(MOVED) or 0))
    return ApprovedOutputs(approved, taken)


def moved_beyond(of: ApprovedOutputs, output: str, movements: Sequence[Movement]) -> Decimal:
    """What transfers took from an output beyond what signed texts took from it; of one that no text names nothing.

    Where the budget in the ledger was no less than what is approved by now, they follow the texts as far as it
    was more; where it was less, it is not all there, and they follow as far as the texts went.
    """
    if output not in of.by_output:
        return NOTHING
    taken = -_comes_to(output, movements, MoneyAct.TRANSFER)
    over = _comes_to(output, movements, MoneyAct.BUDGET) - of.by_output[output]
    return taken - (over if over >= NOTHING else max(of.taken[output], NOTHING))


def _comes_to(output: str, movements: Sequence[Movement], act: MoneyAct) -> Decimal:
    return sum(
        (
            usd for each in movements if each.act is act
            for line, usd in each.budgeted() if line.output == output
        ),
        NOTHING,
    )  # fmt: skip


def _classes(session: Session, definition: Definition) -> Iterator[AmendmentClasses]:
    """The forms of cases under this one that ask to move money, where their classes bound it."""
    engine = engine_of(session)
    for child in definition.children.values():
        for kind in engine.followed(child.lifecycle, session).documents.values():
            bound = next(filter(_bounds, kind.checks), None)
            if bound is not None and bound.when is not None:
                named = bound.when.place.field
                yield AmendmentClasses(
                    child.key, kind, next(f for f in kind.fields() if f.key == named)
                )


def _bounds(check: FormCheck) -> bool:
    moves = _looks_at_moves(check)
    return check.kind is CheckKind.EACH_AT_MOST and moves and check.when is not None


def _class_for(
    session: Session,
    asked: AmendmentClasses,
    row: Mapping[str, str],
    facts: Content,
    signed: Sequence[Content],
) -> tuple[str, str] | None:
    """The first class whose checks let this be moved, beside what was signed before.

    What stands against every class is of the case and not of the money, unless it looks at what is moved.
    """
    failing: dict[tuple[str, str], set[str]] = {}
    for option in asked.field.options:
        written = {asked.field.key: option[0], MOVES: [dict(row)]}
        own = with_repeated(asked.kind, written, {IN_FORCE: facts})
        known = KnownValues(
            own, {IN_FORCE: facts}, groups=domain_of(session).groups(session), then=facts,
            beside=tuple(signed),
        )  # fmt: skip
        held = findings(asked.kind.checks, known)
        failing[option] = {each.check.key for each in held if _stops(each)}
    looking = {check.key for check in asked.kind.checks if _looks_at_moves(check)}
    of_case = set.intersection(*failing.values()) - looking
    return next((option for option, keys in failing.items() if not keys - of_case), None)


def _stops(found: CheckFinding) -> bool:
    return found.held.standing is ConditionStatus.UNMET and found.check.stops is not Stops.NOTHING


def _looks_at_moves(check: FormCheck) -> bool:
    return any(place.field == MOVES and not place.document for place in check.of)


def _said(output: str, approved: Decimal, more: Decimal, found: tuple[str, str] | None) -> Phrase:
    parts: dict[str, Part] = {
        "output": output,
        "approved": Dollars(approved),
        "more": Dollars(more),
    }
    if found is None:
        return phrase(
            "Of “%(output)s”, for which %(approved)s is approved, %(more)s would be moved without an "
            "amendment, which is too much, and no class of amendment lets it be moved: move less.",
            **parts,
        )
    return phrase(
        "Of “%(output)s”, for which %(approved)s is approved, %(more)s would be moved without an "
        "amendment, which is too much: move less, or ask for an amendment first. Its class is “%(class)s”.",
        **{"class": Term(found[1])},
        **parts,
    )
