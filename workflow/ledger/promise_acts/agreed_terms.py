"""What of an agreement the ledger could not promise: no currency, no amount of it, a payment that is mistyped."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.errors import Invalid
from workflow.ledger.currency import amount_of, is_code
from workflow.ledger.promise_acts.payment import LATEST_YEAR
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.partners.derive import AGREEMENT
from workflow.phrase import Phrase, phrase

Content = Mapping[str, Any]


def unfit(definition: Definition, kind: DocumentKind, content: Content) -> Mapping[str, Phrase]:
    """What is wrong, by field, with the text of an agreement; nothing of other texts."""
    if definition.subject != AGREEMENT or kind.key != definition.facts:
        return {}
    return dict(_faults(content))


def _faults(content: Content) -> Iterator[tuple[str, Phrase]]:
    currency = str(content.get("currency") or "")
    if currency and not is_code(currency):
        yield "currency", phrase("A currency is three letters, like EUR.")
        return
    if content.get("amount") and (said := _no_amount(str(content["amount"]), currency)):
        yield "amount", said
    for row in content.get("payments") or ():
        if said := _no_payment(row, currency, content):
            yield "payments", said
    for row in content.get("earmarks") or ():
        if not any(row.get(name) for name in ("output", "country", "category", "condition")):
            yield "earmarks", phrase("Say for what the money is, or on which condition.")


def _no_payment(row: Content, currency: str, content: Content) -> Phrase | None:
    """What is wrong with a payment."""
    numbers = {str(each.get("number")) for each in content.get("earmarks") or ()}
    earmark = str(row.get("earmark") or "")
    if earmark and earmark not in numbers:
        return phrase("There is no earmark %(number)s in this agreement.", number=earmark)
    due = str(row.get("due") or "")
    if due[:4].isdecimal() and int(due[:4]) > LATEST_YEAR:
        return phrase("A payment is due by %(year)s.", year=LATEST_YEAR)
    return _no_amount(str(row["amount"]), currency) if row.get("amount") else None


def _no_amount(written: str, currency: str) -> Phrase | None:
    try:
        amount_of(written, currency)
    except Invalid as refused:
        return refused.said
    return None
