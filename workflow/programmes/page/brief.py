"""What a decision on a programme has to have in view: its facts, its money by source, who was heard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflow.engine import round_state
from workflow.engine.clauses.reservations import Reservation, reservations
from workflow.engine.pages.review import ReviewPage
from workflow.engine.pages.viewer import CaseViewer
from workflow.lifecycles.checks.known import amount_of
from workflow.lifecycles.clauses.remarks import reading
from workflow.programmes.page.facts import Facts
from workflow.programmes.page.heard import Hearing, hearings

# What the forms of a programme call these things.
TOTAL, LINES, STARTS, ENDS = "total_cost", "budget", "planned_start", "planned_end"


@dataclass(frozen=True, slots=True)
class MoneySource:
    """Who is to give how much, over all years and purposes."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Brief:
    """The programme as the text under decision has it; `before` is the total where the text changes it.

    `objective` is empty for whoever may not read the proposal, and where there is none.
    """

    facts: Facts
    objective: str
    total: Decimal | None
    before: Decimal | None
    sources: tuple[MoneySource, ...]
    starts: str
    ends: str
    hearings: tuple[Hearing, ...]
    reservations: tuple[Reservation, ...] = ()


def brief(viewer: CaseViewer, page: ReviewPage, of: Facts) -> Brief:
    """What `page` decides on; while the text is kept from the person, nothing of it is said."""
    content = _said(page)
    total = amount_of(str(content.get(TOTAL) or "")) or of.budget
    open_text = not page.withheld
    return Brief(
        facts=of,
        objective=of.summary if open_text and viewer.sight.text(viewer.definition.facts) else "",
        total=total,
        before=of.budget if of.budget != total else None,
        sources=sources(lines if isinstance(lines := content.get(LINES), list) else ()),
        starts=str(content.get(STARTS) or of.starts),
        ends=str(content.get(ENDS) or of.ends),
        hearings=hearings(viewer, page.opened_at, page.spec.key) if open_text else (),
        reservations=_reservations(viewer, page) if open_text else (),
    )


def _reservations(viewer: CaseViewer, page: ReviewPage) -> tuple[Reservation, ...]:
    """What countries stand by, on the pages of what is decided after they said so."""
    there = {each.key for each in round_state.of_case(viewer.session, viewer.case.id)}
    read = [key for key, each in viewer.definition.rounds.items() if reading(each)]
    if reading(page.spec) is not None or not there.intersection(read):
        return ()
    of = viewer.session, viewer.definition, viewer.case.id
    return reservations(*of, viewer.sight.answers)


def sources(lines: Iterable[Mapping[str, Any]]) -> tuple[MoneySource, ...]:
    """The lines of a budget by who gives, in the order of the text; what is no amount is left out."""
    found: dict[str, Decimal] = {}
    for line in lines:
        amount = amount_of(str(line.get("amount") or ""))
        name = str(line.get("source") or "").strip()
        if amount is not None and name:
            found[name] = found.get(name, Decimal()) + amount
    return tuple(MoneySource(name, amount) for name, amount in found.items())


def _said(page: ReviewPage) -> Mapping[str, Any]:
    """What the documents under decision say; of what several say, the last one counts."""
    said: dict[str, Any] = {}
    for document in page.documents:
        said |= {key: value for key, value in document.content.items() if value}
    return said
