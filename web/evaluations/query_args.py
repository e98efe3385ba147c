"""What an address of the figures of evaluations asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.evaluations.filters import EvaluationFilters, EvaluationList
from workflow.free_text import searched

LONGEST = 80


def filters_of(args: Mapping[str, str]) -> EvaluationFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    words = {name: searched(args.get(name, "")[:LONGEST]) for name in ("party", "status", "after")}
    of = args.get("of", "")
    return EvaluationFilters(
        **words,
        of=EvaluationList(of) if of in set(EvaluationList) else EvaluationList.RECOMMENDATIONS,
        year=_number(args.get("year", ""), 4),
        points=_number(args.get("points", ""), 1),
    )


def address(
    filters: EvaluationFilters, endpoint: str = "evaluations.listed", **changed: Any
) -> str:
    """The address of a list under `filters`, some of them changed; from the first line on again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    return url_for(endpoint, **{name: value for name, value in asked.items() if value})


def _number(written: str, longest: int) -> int | None:
    known = written.isascii() and written.isdecimal() and len(written) <= longest
    return int(written) if known else None
