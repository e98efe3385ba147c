"""Movements of money with their sides, who stands behind them, and rates: rows beside what is told."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.money.movements import (
    MoneyCertified,
    MoneyDeclined,
    MoneyRecorded,
    RatesEntered,
)
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import (
    movement_name,
    movement_verdict_name,
    rates_name,
)
from workflow.audit.verification.tables import (
    EXCHANGE_RATES,
    MONEY_ENTRIES,
    MONEY_MOVEMENTS,
    PARTIES,
    RATE_FILES,
)

_OF: BindParameter[int] = bindparam("case_id")
_SOURCES, _HOLDERS = PARTIES.alias("sources"), PARTIES.alias("holders")
_MOVEMENT = select(MONEY_MOVEMENTS).where(MONEY_MOVEMENTS.c.case_id == _OF)
_ENTRY = (
    select(
        MONEY_ENTRIES,
        MONEY_MOVEMENTS.c.number,
        _SOURCES.c.key.label("source"),
        _HOLDERS.c.key.label("holder"),
    )
    .outerjoin(
        MONEY_MOVEMENTS,
        and_(
            MONEY_MOVEMENTS.c.id == MONEY_ENTRIES.c.movement_id,
            MONEY_MOVEMENTS.c.case_id == MONEY_ENTRIES.c.case_id,
        ),
    )
    .outerjoin(_SOURCES, _SOURCES.c.id == MONEY_ENTRIES.c.source_id)
    .outerjoin(_HOLDERS, _HOLDERS.c.id == MONEY_ENTRIES.c.holder_id)
    .where(MONEY_ENTRIES.c.case_id == _OF)
)
_RATES = select(EXCHANGE_RATES).order_by(EXCHANGE_RATES.c.currency, EXCHANGE_RATES.c.day)
_Named = Iterator[tuple[str, dict[str, Any]]]


def movements(connection: Connection, case_id: int) -> _Named:
    """Every movement of a case, and each of its sides."""
    asked = {"case_id": case_id}
    for found in connection.execute(_MOVEMENT, asked).mappings():
        row = dict(found)
        days = {name: row[name].isoformat() for name in ("moved_on", "rate_on")}
        told = {"person": opaque(row["person_id"]), **days}
        yield movement_name(row["number"]), {**row, **told}
    for side in connection.execute(_ENTRY, asked).mappings():
        yield _side(side["number"], side["place"]), dict(side)


def rates(connection: Connection) -> _Named:
    """Every file of rates, with what its rates hash to by now."""
    lines: dict[int, list[str]] = {}
    for row in connection.execute(_RATES):
        lines.setdefault(row.file_id, []).append(f"{row.day},{row.currency},{row.units}\n")
    for file in connection.execute(select(RATE_FILES)).mappings():
        held = lines.pop(file["id"], [])
        found = hashlib.sha256("".join(held).encode()).hexdigest()
        told = {"person": opaque(file["person_id"]), "rates": len(held), "held": found}
        yield rates_name(file["id"]), {**dict(file), **told}
    for number in lines:
        yield rates_name(number), {}


def _side(number: Any, place: int) -> str:
    return f"{movement_name(number)}, side {place + 1}"


def _recorded(story: ExpectedRows, told: ToldEvent, what: MoneyRecorded) -> None:
    story.things[movement_name(what.movement)] = {
        "act": what.act,
        "moved_on": what.on.isoformat(),
        "rate": what.rate,
        "rate_on": what.rate_on.isoformat(),
        "usd": what.usd,
        "corrects": what.corrects,
        "paper": what.paper,
        "person": opaque(told.person),
        "recorded_at": told.at,
        "event_seq": told.seq,
    }
    for place, entry in enumerate(what.entries):
        story.things[_side(what.movement, place)] = {
            "account": entry.account,
            "source": entry.source,
            "holder": entry.holder or None,
            "year": entry.year,
            "output": entry.output,
            "category": entry.category,
            "country": entry.country,
            "earmark": entry.earmark,
            "currency": entry.currency,
            "amount": entry.amount,
        }


def _certified(story: ExpectedRows, told: ToldEvent, what: MoneyCertified) -> None:
    _decided(story, told, what.movement, "certified")


def _declined(story: ExpectedRows, told: ToldEvent, what: MoneyDeclined) -> None:
    _decided(story, told, what.movement, "declined")


def _decided(story: ExpectedRows, told: ToldEvent, movement: int, outcome: str) -> None:
    story.things[movement_verdict_name(movement)] = {
        "outcome": outcome,
        "person": opaque(told.person),
        "decided_at": told.at,
        "event_seq": told.seq,
    }


def _entered(story: ExpectedRows, told: ToldEvent, what: RatesEntered) -> None:
    story.things[rates_name(what.number)] = {
        "digest": what.digest,
        "held": what.digest,
        "rates": what.rates,
        "entered_at": told.at,
        "person": opaque(told.person),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    MoneyRecorded: _recorded,
    MoneyCertified: _certified,
    MoneyDeclined: _declined,
    RatesEntered: _entered,
}
