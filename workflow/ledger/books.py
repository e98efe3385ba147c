"""The books of a case: its movements as they were recorded, and which of them count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.ledger.accounts import Account, AccountKind, Entry, MoneyAct, Movement
from workflow.ledger.models import ExchangeRate, MoneyEntry, MoneyMovement, MoneyVerdict
from workflow.ledger.rates import Rate
from workflow.people.models import Party, Person

CERTIFIED, DECLINED, WAITING = "certified", "declined", ""


@dataclass(frozen=True, slots=True)
class BookedMovement:
    """A movement with who recorded it, at which rate, and what became of it.

    `outcome` is empty while it waits for somebody to certify it; only what is certified counts.
    """

    id: int
    movement: Movement
    rate: Decimal
    rate_on: date
    recorded_by: int
    recorder: str
    recorded_at: datetime
    event_seq: int
    outcome: str
    decided_by: int | None
    certifier: str
    decided_at: datetime | None


_CERTIFIER = aliased(Person)
_MOVEMENTS = (
    select(
        *(MoneyMovement.id, MoneyMovement.number, MoneyMovement.act, MoneyMovement.moved_on),
        *(
            MoneyMovement.rate,
            MoneyMovement.rate_on,
            MoneyMovement.usd,
            MoneyMovement.corrects,
            MoneyMovement.paper,
        ),
        *(MoneyMovement.person_id, MoneyMovement.recorded_at, MoneyMovement.event_seq),
        *(MoneyVerdict.outcome, MoneyVerdict.person_id.label("decided_by")),
        *(MoneyVerdict.decided_at, Person.name, _CERTIFIER.name.label("certifier")),
    )
    .join(Person, Person.id == MoneyMovement.person_id)
    .outerjoin(MoneyVerdict, MoneyVerdict.movement_id == MoneyMovement.id)
    .outerjoin(_CERTIFIER, _CERTIFIER.id == MoneyVerdict.person_id)
    .order_by(MoneyMovement.moved_on, MoneyMovement.number)
)
_SOURCE, _HOLDER = aliased(Party), aliased(Party)
_ENTRIES = (
    select(MoneyEntry, _SOURCE.key.label("source"), _HOLDER.key.label("holder"))
    .join(_SOURCE, _SOURCE.id == MoneyEntry.source_id)
    .outerjoin(_HOLDER, _HOLDER.id == MoneyEntry.holder_id)
    .order_by(MoneyEntry.movement_id, MoneyEntry.place)
)


def recorded(session: Session, case_id: int) -> tuple[BookedMovement, ...]:
    """Every movement of a case by its day, whatever became of it."""
    entries: dict[int, list[Entry]] = {}
    for entry, source, holder in session.execute(_ENTRIES.where(MoneyEntry.case_id == case_id)):
        entries.setdefault(entry.movement_id, []).append(_entry(entry, source, holder or ""))
    rows = session.execute(_MOVEMENTS.where(MoneyMovement.case_id == case_id))
    return tuple(
        BookedMovement(
            id=row.id,
            movement=Movement(
                row.number,
                MoneyAct(row.act),
                row.moved_on,
                tuple(entries[row.id]),
                row.usd,
                row.corrects,
                row.paper,
            ),
            rate=row.rate,
            rate_on=row.rate_on,
            recorded_by=row.person_id,
            recorder=row.name,
            recorded_at=row.recorded_at,
            event_seq=row.event_seq,
            outcome=row.outcome or WAITING,
            decided_by=row.decided_by,
            certifier=row.certifier or "",
            decided_at=row.decided_at,
        )
        for row in rows
    )


def certified(books: Iterable[BookedMovement]) -> tuple[Movement, ...]:
    """The movements that count."""
    return tuple(each.movement for each in books if each.outcome == CERTIFIED)


def not_declined(books: Iterable[BookedMovement]) -> tuple[Movement, ...]:
    """The movements that count, or will where they are certified."""
    return tuple(each.movement for each in books if each.outcome != DECLINED)


def rates_entered(session: Session) -> Mapping[tuple[str, date], Rate]:
    """Every rate that was entered, by its currency and day."""
    rows = session.execute(select(ExchangeRate.currency, ExchangeRate.day, ExchangeRate.units))
    return {(row.currency, row.day): Rate(row.currency, row.day, row.units) for row in rows}


def rates_of(session: Session, currency: str, until: date) -> tuple[Rate, ...]:
    """The rates of a currency up to a day that are of its month."""
    asked = select(ExchangeRate.currency, ExchangeRate.day, ExchangeRate.units).where(
        ExchangeRate.currency == currency,
        ExchangeRate.day >= until.replace(day=1),
        ExchangeRate.day <= until,
    )
    return tuple(Rate(*row) for row in session.execute(asked))


def _entry(row: MoneyEntry, source: str, holder: str) -> Entry:
    kind = AccountKind(row.account)
    what = row.year, row.output, row.category, row.country, row.earmark
    account = Account(kind, source, holder, *what)
    return Entry(account, row.currency, row.amount)
