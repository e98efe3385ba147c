"""The envelope of a framework by area and by source, with what was programmed, committed, received and spent of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.frameworks.envelopes import (
    CENTS,
    EnvelopePart,
    EnvelopeSource,
    by_place,
    sources_of,
)
from workflow.frameworks.models import FrameworkCase
from workflow.frameworks.tallies import FIGURES, AreaMoney, money_tallied
from workflow.ledger.models import SourceMoney
from workflow.ledger.statements.by_now import unknown_cases


@dataclass(frozen=True, slots=True)
class EnvelopeLine:
    """One area, or one source, with its part of the envelope where that is known; amounts are dollars.

    `key` is that of the area or source; that of no area is empty. `why` is what the Director recorded
    of one that is overdrawn.
    """

    key: str
    envelope: Decimal | None
    programmed: Decimal
    committed: Decimal
    received: Decimal
    spent: Decimal
    why: str = ""

    @property
    def free(self) -> Decimal | None:
        """What of it is not programmed yet; less than nothing where it is overdrawn."""
        return None if self.envelope is None else self.envelope - self.programmed

    @property
    def overdrawn(self) -> Decimal:
        """By how much more is programmed than there is."""
        return max(-(self.free or Decimal()), Decimal())

    @property
    def widest(self) -> Decimal:
        """The greatest of its amounts."""
        return max(self.envelope or Decimal(), self.programmed, self.committed, self.received)


@dataclass(frozen=True, slots=True)
class EnvelopeTable:
    """The envelope by area and by source; both come to the same `total`."""

    areas: tuple[EnvelopeLine, ...]
    sources: tuple[EnvelopeLine, ...]
    total: EnvelopeLine

    @property
    def widest(self) -> Decimal:
        """The greatest amount of a line, beside which the others are drawn."""
        return max((each.widest for each in (*self.areas, *self.sources)), default=Decimal())

    @property
    def known(self) -> bool:
        """Whether anything can be said of it."""
        return self.total.widest > 0


@dataclass(frozen=True, slots=True)
class AdoptedEnvelope:
    """The areas of a framework, its `whole` envelope where that is known, the parts that were adopted, and why some are overdrawn."""

    framework: int
    areas: tuple[str, ...] = ()
    whole: Decimal | None = None
    parts: tuple[EnvelopePart, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


def envelope(
    session: Session, adopted: AdoptedEnvelope, person: int, now: datetime
) -> EnvelopeTable:
    """The money of a framework in the cases that a person may know of, beside what was adopted for it."""
    kept = _kept(session, adopted.framework, person, now)
    of = sources_of(session, {source for _, source in kept})
    by_area: dict[str, AreaMoney] = defaultdict(AreaMoney)
    by_source: dict[str, AreaMoney] = defaultdict(AreaMoney)
    for (area, source), money in kept.items():
        by_area[area] += money
        by_source[of[source]] += money
    listed = [*adopted.areas, *sorted(by_area.keys() - {*adopted.areas})]
    area_parts, source_parts = by_place(adopted.parts, "area"), by_place(adopted.parts, "source")
    of_all = sum(area_parts.values(), Decimal()) if adopted.parts else adopted.whole
    return EnvelopeTable(
        areas=tuple(
            _line(key, area_parts.get(key), by_area[key], adopted.reasons)
            for key in listed
            if key or by_area[key] != AreaMoney()
        ),
        sources=tuple(
            _line(key.value, source_parts.get(key.value), by_source[key], adopted.reasons)
            for key in EnvelopeSource
            if key.value in source_parts or key in by_source
        ),
        total=_line("", of_all, sum(kept.values(), AreaMoney()), {}),
    )


def _kept(
    session: Session, framework: int, person: int, now: datetime
) -> Mapping[tuple[str, int], AreaMoney]:
    """What counts by area and source, less the cases that the person may not know of: these are few."""
    found = dict(money_tallied(session, framework))
    if cases := unknown_cases(session, person, now.date()):
        theirs = (
            select(FrameworkCase.area, SourceMoney.source_id)
            .add_columns(*(func.sum(getattr(SourceMoney, key)) for key in FIGURES))
            .join(SourceMoney, SourceMoney.case_id == FrameworkCase.case_id)
            .where(FrameworkCase.framework_id == framework, FrameworkCase.case_id.in_(cases))
            .group_by(FrameworkCase.area, SourceMoney.source_id)
        )
        for area, source, *sums in session.execute(theirs):
            found[area, source] -= AreaMoney(*map(int, sums))
    return {at: money for at, money in found.items() if money != AreaMoney()}


def _line(
    key: str, adopted: Decimal | None, money: AreaMoney, reasons: Mapping[str, str]
) -> EnvelopeLine:
    programmed, committed, received, spent = (
        Decimal(cents).scaleb(-CENTS)
        for cents in (money.programmed, money.committed, money.received, money.spent)
    )
    return EnvelopeLine(key, adopted, programmed, committed, received, spent, reasons.get(key, ""))
