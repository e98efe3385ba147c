"""Earmarks: for what a source lets its money be spent, and on which condition; what is wrong with a spending by them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.ledger.accounts import Account, MoneyAct
from workflow.ledger.models import MoneyEarmark
from workflow.people.models import Party, Person
from workflow.phrase import Phrase, phrase

# What takes money of an earmark; everything else of it only brings it or gives it back.
USES = frozenset({MoneyAct.DISBURSEMENT, MoneyAct.EXPENDITURE})
# Acts on money that may be of an earmark.
EARMARKED = USES | {MoneyAct.COMMITMENT, MoneyAct.RECEIPT, MoneyAct.RETURN}


@dataclass(frozen=True, slots=True)
class Earmark:
    """Money of a source for one output, country or category as far as they are named, and on a condition.

    `met_on` is the day on which the condition was met, told by `met_by` in event `met_seq`.
    """

    number: int
    source: str
    output: str = ""
    country: str = ""
    category: str = ""
    condition: str = ""
    met_on: date | None = None
    met_by: str = ""
    event_seq: int = 0
    met_seq: int = 0

    @property
    def purpose(self) -> tuple[str, ...]:
        """What it is for, in the words that were written."""
        return tuple(filter(None, (self.output, self.country.upper(), self.category)))

    def holds_up(self, on: date) -> bool:
        """Whether its condition was not met by a day."""
        return bool(self.condition) and (self.met_on is None or self.met_on > on)


def earmarks(session: Session, case_id: int) -> Mapping[int, Earmark]:
    """The earmarks of a case by their numbers."""
    asked = (
        select(MoneyEarmark, Party.key, Person.name)
        .join(Party, Party.id == MoneyEarmark.source_id)
        .outerjoin(Person, Person.id == MoneyEarmark.met_by)
        .where(MoneyEarmark.case_id == case_id)
        .order_by(MoneyEarmark.number)
    )
    return {
        row.number: Earmark(
            row.number, source, row.output, row.country, row.category, row.condition, row.met_on,
            name or "", row.event_seq, row.met_seq or 0,
        )
        for row, source, name in session.execute(asked)
    }  # fmt: skip


def earmark_faults(
    act: MoneyAct, at: Account, on: date, kept: Mapping[int, Earmark]
) -> Mapping[str, Phrase]:
    """What is wrong with an act on money of an earmark, by its fields, with what would be right."""
    if not at.earmark:
        return {}
    found = kept.get(at.earmark)
    said: Phrase | None = None
    if act not in EARMARKED:
        said = phrase(
            "Only what was committed, received, passed on, spent or returned is of an earmark."
        )
    elif found is None:
        said = phrase("There is no earmark %(number)s here.", number=at.earmark)
    elif found.source != at.source:
        said = phrase("Earmark %(number)s is of the money of another source.", number=at.earmark)
    elif act in USES and found.holds_up(on):
        said = phrase(
            "Money of earmark %(number)s is used once “%(condition)s” is met: record first when it was.",
            number=found.number,
            condition=found.condition,
        )
    if said is not None or found is None:
        return {"earmark": said} if said is not None else {}
    return dict(_elsewhere(act, at, found))


def _elsewhere(act: MoneyAct, at: Account, of: Earmark) -> Iterator[tuple[str, Phrase]]:
    """Each thing that an expenditure is for and the earmark is not."""
    if act is not MoneyAct.EXPENDITURE:
        return
    for name in ("output", "country", "category"):
        wanted = getattr(of, name)
        if wanted and getattr(at, name).casefold() != wanted.casefold():
            yield (
                name,
                phrase(
                    "Money of earmark %(number)s is for “%(wanted)s”: write that here, or spend other money.",
                    number=of.number,
                    wanted=wanted.upper() if name == "country" else wanted,
                ),
            )
