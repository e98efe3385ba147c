"""The envelope of a framework by source and area, as its text was adopted, and what a further budget would leave of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase, Round, SignOff
from workflow.frameworks.models import Framework, FrameworkCase, FrameworkEnvelope
from workflow.frameworks.tallies import AreaMoney, money_tallied
from workflow.people.models import Party, PivotalStatus
from workflow.reference import reference
from workflow.vocabulary import HOUSE

CENTS = 2
# In which round of a framework it is recorded why an area or a source stands over its envelope.
EXPLAINING = "overdrawing"


class EnvelopeSource(StrEnum):
    """Of whom the money of an envelope comes."""

    REGULAR = "regular"
    PIVOTAL = "pivotal"
    TRIANGULAR = "triangular"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EnvelopePart:
    """What was adopted of one source for one area, in dollars."""

    area: str
    source: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Overdraft:
    """An area, or a source, of which a budget would take more than is free in the envelope of a framework."""

    framework: str
    area: str
    source: str
    free: Decimal


def adopt_parts(session: Session, framework: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let the envelope of a framework be what the rows of its adopted text say; those of one place are summed."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        found[str(row["area"]), str(row["source"])] += Decimal(str(row["amount"]))
    session.execute(delete(FrameworkEnvelope).where(FrameworkEnvelope.framework_id == framework))
    parts = [
        {"framework_id": framework, "area": area, "source": source, "amount": amount}
        for (area, source), amount in found.items()
    ]
    if parts:
        session.execute(insert(FrameworkEnvelope), parts)


def parts_of(session: Session, framework: int) -> tuple[EnvelopePart, ...]:
    """The envelope of a framework by source and area; nothing where none was adopted so."""
    kept = FrameworkEnvelope
    asked = select(kept.area, kept.source, kept.amount).where(kept.framework_id == framework)
    return tuple(EnvelopePart(*row) for row in session.execute(asked))


def by_place(parts: Iterable[EnvelopePart], of: str) -> Mapping[str, Decimal]:
    """The envelope summed by `area` or by `source`."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for part in parts:
        found[getattr(part, of)] += part.amount
    return found


def sources_of(session: Session, parties: Iterable[int]) -> Mapping[int, EnvelopeSource]:
    """Which source of an envelope the money of each party is: the house's own, of those who lead, of donors, or another."""
    pivotal = select(PivotalStatus.party_id).where(PivotalStatus.party_id == Party.id).exists()
    asked = select(Party.id, Party.key, Party.iso3, Party.gives, pivotal.label("pivotal"))
    return {
        row.id: _source(row.key, row.iso3, pivotal=row.pivotal, gives=row.gives)
        for row in session.execute(asked.where(Party.id.in_([*parties])))
    }


def _source(party: str, iso3: str | None, *, pivotal: bool, gives: bool) -> EnvelopeSource:
    if party == HOUSE:
        return EnvelopeSource.REGULAR
    if pivotal:
        return EnvelopeSource.PIVOTAL
    if gives or iso3 in reference().donors:
        return EnvelopeSource.TRIANGULAR
    return EnvelopeSource.OTHER


def overdraft(session: Session, case_id: int, party: str, dollars: Decimal) -> Overdraft | None:
    """What a further budget of a party in a case would overdraw; nothing where the Director recorded why.

    Only an envelope that was adopted by source and area binds. The area is asked before the source.
    """
    asked = (
        select(FrameworkCase.framework_id, FrameworkCase.area, Framework.key, Party.id)
        .join(Framework, Framework.id == FrameworkCase.framework_id)
        .join(Party, Party.key == party)
        .where(FrameworkCase.case_id == case_id)
    )
    row = session.execute(asked).first()
    parts = parts_of(session, row.framework_id) if row else ()
    if row is None or not parts:
        return None
    money = money_tallied(session, row.framework_id)
    of = sources_of(session, {row.id, *(source for _, source in money)})
    explained = reasons(session, row.key)
    for place, key, spent in (
        (
            "area",
            row.area,
            _programmed(each for (area, _), each in money.items() if area == row.area),
        ),
        (
            "source",
            of[row.id].value,
            _programmed(each for (_, s), each in money.items() if of[s] is of[row.id]),
        ),
    ):
        free = by_place(parts, place).get(key, Decimal()) - spent
        if dollars > free and key not in explained:
            said = {"area": "", "source": "", place: key}
            return Overdraft(row.key, said["area"], said["source"], free)
    return None


def reasons(session: Session, framework: str) -> Mapping[str, str]:
    """Why areas and sources of a framework stand over its envelope, as its Director recorded, by their keys."""
    asked = (
        select(SignOff.answers, SignOff.reason)
        .join(Round, Round.id == SignOff.round_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == framework, Round.key == EXPLAINING, Round.status == "settled")
        .where(SignOff.standing)
        .order_by(SignOff.id)
    )
    found: dict[str, str] = {}
    for answers, reason in session.execute(asked):
        for key in (answers.get("area"), answers.get("source")):
            if key:
                found[str(key)] = str(answers.get("why") or reason)
    return found


def _programmed(money: Iterable[AreaMoney]) -> Decimal:
    return Decimal(sum(each.programmed for each in money)).scaleb(-CENTS)
