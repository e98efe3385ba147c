"""What screening will look at first, told to the submitter while there is time: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from workflow.reference import reference


class ConditionStatus(StrEnum):
    """How a condition stands: met, not met, or not to be told yet."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Hint:
    """One condition, the field it is about, and by how much it fails where that is a sum."""

    key: str
    field: str
    standing: ConditionStatus
    figure: Decimal | None = None


def hints(content: Mapping[str, Any], proposer: str, letters: int) -> tuple[Hint, ...]:
    """How a proposal stands; `proposer` is a country's code, `letters` counts those attached."""
    return (
        _countries(content),
        _donor(content, proposer),
        _total(content),
        _period(content),
        Hint("letter", "", ConditionStatus.MET if letters else ConditionStatus.OPEN),
    )


def _countries(content: Mapping[str, Any]) -> Hint:
    """Two or more developing countries take part."""
    named = set(content.get("participating_countries") or ())
    developing = named - reference().donors
    return Hint(
        "countries", "participating_countries", _told(met=len(developing) >= 2, begun=named)
    )


def _donor(content: Mapping[str, Any], proposer: str) -> Hint:
    """Donors join as partners; they neither propose nor benefit."""
    leading = {proposer.upper(), *(content.get("participating_countries") or ())}
    met = not leading & reference().donors
    return Hint("donor", "participating_countries", _told(met=met, begun=True))


def _total(content: Mapping[str, Any]) -> Hint:
    """The budget lines add up to the total."""
    lines, total = content.get("budget") or [], _amount(content.get("total_cost"))
    amounts = [_amount(line.get("amount")) for line in lines]
    if not amounts or total is None:
        return Hint("total", "total_cost", ConditionStatus.OPEN)
    difference = sum(filter(None, amounts), Decimal()) - total
    return Hint(
        "total", "total_cost", _told(met=not difference, begun=True), abs(difference) or None
    )


def _period(content: Mapping[str, Any]) -> Hint:
    """The end comes after the start."""
    start, end = content.get("planned_start") or "", content.get("planned_end") or ""
    return Hint("period", "planned_end", _told(met=start < end, begun=start and end))


def _told(*, met: bool, begun: object) -> ConditionStatus:
    if not begun:
        return ConditionStatus.OPEN
    return ConditionStatus.MET if met else ConditionStatus.UNMET


def _amount(written: Any) -> Decimal | None:
    try:
        return Decimal(written)
    except (InvalidOperation, TypeError, ValueError):
        return None
