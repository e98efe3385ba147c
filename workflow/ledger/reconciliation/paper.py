"""A form that says something of money, as one person may read it: pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.ledger.reconciliation.figures import (
    PERIOD_END,
    PERIOD_START,
    Content,
    PaperShape,
    day,
    shape_of,
    year,
)
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Phrase, Term, phrase


@dataclass(frozen=True, slots=True)
class MoneyPaper:
    """A form that says something of money: where it stands, since when, and about which period.

    It is of a `party` where it tells of the money that this one holds. What may not be read is not
    `readable` and has no content; what somebody was to write and did not is not `given`.
    """

    ref: str
    title: str
    kind: DocumentKind
    version: int
    filed_on: date | None
    content: Content
    readable: bool = True
    given: bool = True
    party: str = ""
    period_from: date | None = None
    period_to: date | None = None

    @property
    def shape(self) -> PaperShape | None:
        """What it says of money."""
        return shape_of(self.kind)

    @property
    def begins(self) -> date | None:
        """The first day that it is about."""
        return day(self.content, PERIOD_START) or self.period_from

    @property
    def ends(self) -> date | None:
        """The last day that it is about; of a statement the day on which it was filed."""
        if self.shape is PaperShape.STATEMENT:
            return self.filed_on
        return day(self.content, PERIOD_END) or self.period_to

    @property
    def about(self) -> Any:
        """What a later paper of its kind has to be about too to stand in its place."""
        match self.shape:
            case PaperShape.PLAN:
                return year(self.content)
            case PaperShape.REPORT:
                return self.ends
        return None


def named(paper: MoneyPaper) -> Phrase:
    """What a paper is called, with the case on which it is filed."""
    if not paper.version:
        return phrase("%(ref)s: %(title)s", ref=paper.ref, title=paper.title)
    label = Term(paper.kind.label)
    return phrase(
        "%(ref)s: %(label)s, version %(version)s", ref=paper.ref, label=label, version=paper.version
    )
