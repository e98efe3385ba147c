"""The partners as a file to be taken away."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask import Response

from web.filters import named, spoken, word
from web.partners.words import standing_called
from web.tables.comma_separated import comma_separated
from workflow.partners.lists import PartnerLine

COLUMNS = (
    "partner", "partner_in_words", "kind", "kind_in_words", "standing", "vetting", "vetted_until", "open_conditions", "agreements", "agreed",
    "paid",
)  # fmt: skip
Sums = tuple[tuple[str, Decimal], ...]


def partners_file(
    lines: Iterable[PartnerLine], paid: Mapping[int, Sums], unmet: Mapping[int, int]
) -> Response:
    """One row for each partner, by name."""
    return comma_separated("partners.csv", COLUMNS, (_row(line, paid, unmet) for line in lines))


def _row(
    line: PartnerLine, paid: Mapping[int, Sums], unmet: Mapping[int, int]
) -> tuple[object, ...]:
    return (
        line.key,
        named(line.name),
        line.kind,
        word(spoken(line.kind)),
        standing_called(line.standing),
        line.vetting,
        line.valid_until.isoformat() if line.valid_until else "",
        line.conditions + unmet.get(line.number, 0),
        line.agreements,
        _sums(line.agreed),
        _sums(paid.get(line.number, ())),
    )


def _sums(sums: Sums) -> str:
    return "; ".join(f"{currency} {amount}" for currency, amount in sums)
