"""The demo's money: rates of its months, and what came and went of four programmes, certified but for the newest."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import cycle
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.certify import CertifyMovement, certify
from workflow.ledger.rate_files import enter_rates
from workflow.ledger.rates import HEADER
from workflow.ledger.record import RecordMovement, record
from workflow.ledger.wishes import MovementWish

OFFICER, FINANCE = "jane.okello", "tom.becker"
SPENT, WEEKS = "From the accounts of the office.", timedelta(days=31)


def tell(play: Play, now: datetime) -> None:
    """Enter the rates, and record and certify what the file says of each programme, as of `now`."""
    told = tomllib.loads((files("config") / "demo" / "money.toml").read_text("utf-8"))
    play.clock.at = now
    oldest = max(move["ago"] for each in told["programme"] for move in each["moves"])
    first = (now - timedelta(days=oldest)).date().replace(day=1)
    enter_rates(play.engine, play.person(FINANCE), _rates(told["rates"], first, now.date()))
    for programme in told["programme"]:
        ref = _called(play, programme["title"])
        for move in programme["moves"]:
            _move(play, ref, move, now.date() - timedelta(days=move["ago"]))


def _rates(units: Mapping[str, list[str]], first: date, until: date) -> str:
    """A file of rates of every month, in turn."""
    lines = [",".join(HEADER)]
    for currency, values in units.items():
        lines += [
            f"{day},{currency},{each}" for day, each in zip(_months(first, until), cycle(values), strict=False)
        ]  # fmt: skip
    return "\n".join(lines)


def _months(first: date, until: date) -> Iterator[date]:
    while first <= until:
        yield first
        first = (first + WEEKS).replace(day=1)


def _called(play: Play, title: str) -> str:
    """The reference of the programme with this title."""
    with play.engine.reading() as session:
        wanted = select(LifecycleCase.ref).where(
            LifecycleCase.title == title, LifecycleCase.parent_id.is_(None)
        )
        return session.scalars(wanted).one()


def _move(play: Play, ref: str, move: Mapping[str, Any], on: date) -> None:
    """One movement recorded, and certified unless it waits still."""
    act = MoneyAct(move["act"])
    wish = MovementWish(
        act=act,
        on=on,
        source=move["source"],
        currency=move.get("currency", "USD"),
        amount=str(Decimal(move["amount"])),
        holder=move.get("holder", ""),
        year=on.year if act in {MoneyAct.BUDGET, MoneyAct.EXPENDITURE} else 0,
        output=move.get("output", ""),
        category=move.get("category", ""),
    )
    reason = move.get("reason", SPENT)
    wanted = RecordMovement(ref, wish, play.version(ref), uuid4().hex, reason)
    number = int(record(play.engine, play.person(OFFICER), wanted).content)
    if not move.get("waits"):
        decided = CertifyMovement(
            ref, number, certified=True, seen_version=play.version(ref), key=uuid4().hex
        )
        certify(play.engine, play.person(FINANCE), decided)
