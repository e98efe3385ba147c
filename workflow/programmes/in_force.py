"""What is in force of a programme by several signed texts: its facts, and what is approved for each output."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from workflow.lifecycles.checks.known import amount_of
from workflow.lifecycles.loader.names import IN_FORCE_FACTS
from workflow.people.directory.arrivals import bring_countries
from workflow.people.parties import known_among

OUTPUTS, OUTPUT, AMOUNT = "outputs", "output", "amount"
# In which table a text moves money between outputs: from which, how much, and to which.
MOVES, MOVED, TO = "lines", "moved", "to_output"
# Who is in a lead group by its constitution.
MEMBERS = "members"
_NOTHING = Decimal()


def put_together(texts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The facts as the text says them that counts most, and the sums approved for the outputs by now."""
    found: dict[str, Any] = {}
    outputs: dict[str, Decimal] = {}
    for text in texts:
        found |= {key: text[key] for key in IN_FORCE_FACTS if text.get(key)}
        outputs = _stated(text) or outputs
        _move(text.get(MOVES) or (), outputs)
    if outputs:
        rows = ({OUTPUT: name, AMOUNT: str(amount)} for name, amount in outputs.items())
        found[OUTPUTS] = list(rows)
    return found


def _stated(text: Mapping[str, Any]) -> dict[str, Decimal]:
    """The sum for each output, from whichever table of a text says both."""
    found: dict[str, Decimal] = {}
    for table in text.values():
        for row in table if isinstance(table, list) else ():
            if isinstance(row, Mapping) and row.get(OUTPUT) and row.get(AMOUNT):
                amount = amount_of(str(row[AMOUNT])) or _NOTHING
                found[row[OUTPUT]] = found.get(row[OUTPUT], _NOTHING) + amount
    return found


def _move(rows: Sequence[Any], outputs: dict[str, Decimal]) -> None:
    """Take what a text moves from one output and give it to the other that it names."""
    for row in rows:
        moved = amount_of(str(row.get(MOVED) or "")) or _NOTHING
        if outputs and row.get(OUTPUT) in outputs:
            outputs[row[OUTPUT]] -= moved
        if outputs and row.get(TO):
            outputs[row[TO]] = outputs.get(row[TO], _NOTHING) + moved


def named_by(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """The keys of the parties that facts name, by the capacity in which they take part; countries in small letters."""
    agency = content.get("executing_agency")
    asked, invited = content.get("approached"), content.get("invited")
    return {
        "beneficiary": [str(code).lower() for code in content.get("participating_countries") or ()],
        "donor": [str(key) for key in content.get("donors") or ()],
        "executing_agency": [agency] if agency else [],
        **({"approached": [str(asked).lower()]} if asked else {}),
        **({"invited": _countries(invited)} if isinstance(invited, list) else {}),
        **_leading(content),
    }


def _leading(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Who leads and convenes, where that is what the facts are about."""
    if MEMBERS not in content:
        return {}
    convenes = content.get("convenor")
    return {
        "lead": [str(code).lower() for code in content.get(MEMBERS) or ()],
        "convenor": [str(convenes).lower()] if convenes else [],
    }


def areas_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The areas that facts name, be it several or the one of what is about one alone."""
    one = content.get("area")
    return tuple(content.get("areas") or ((one,) if one else ()))


def _countries(rows: Sequence[Any]) -> list[str]:
    """The keys of the countries that stand in the rows of a table, each once."""
    named = (str(row.get("country") or "") for row in rows if isinstance(row, Mapping))
    return [code.lower() for code in dict.fromkeys(named) if code]


def parties_named(
    session: Session, content: Mapping[str, Any], now: datetime
) -> Mapping[str, Mapping[str, int]]:
    """The same by their numbers, of those capacities alone of which the facts say something."""
    named = {capacity: keys for capacity, keys in named_by(content).items() if keys}
    every = [key for keys in named.values() for key in keys]
    bring_countries(session, every, came="amendment", by=None, now=now)
    known = known_among(session, every)
    return {
        capacity: {key: known[key] for key in keys if key in known}
        for capacity, keys in named.items()
    }
