"""A movement as somebody writes it, and everything that is wrong with it, by its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import free_text
from workflow.errors import Invalid
from workflow.ledger.accounts import Account, AccountKind, Entry, MoneyAct, Movement, entries_of
from workflow.ledger.currency import amount_of, is_code, money
from workflow.ledger.models import LONGEST_LINE
from workflow.ledger.promises.earmarks import Earmark, earmark_faults
from workflow.people.directory.arrivals import bring_countries
from workflow.people.models import Party
from workflow.phrase import Part, Phrase, phrase, together, with_parts
from workflow.reference import reference

# Who holds the money is asked of these alone, and where no holder is named the office holds it.
HELD = frozenset({MoneyAct.DISBURSEMENT, MoneyAct.EXPENDITURE})
LINED = frozenset({MoneyAct.BUDGET, MoneyAct.EXPENDITURE, MoneyAct.IN_KIND})
FIRST_YEAR, LAST_YEAR = 1945, 2200
# How much may still leave an account, and what comes first.
TAKEN_BACK = phrase(
    "Of what this brought, %(left)s of %(source)s is still there on %(on)s and later: take back first "
    "what was made of the rest."
)
NOT_RECEIVED = phrase(
    "Of what was received of %(source)s, the office holds %(left)s on %(on)s and later: record at most "
    "that, or a receipt first."
)
SHORT: Mapping[AccountKind, Phrase] = {
    AccountKind.COMMITTED: phrase(
        "Of what %(source)s committed, %(left)s is still to come on %(on)s: record at most that, or a "
        "further commitment first."
    ),
    AccountKind.DISBURSED: phrase(
        "%(holder)s holds %(left)s of the money of %(source)s on %(on)s and later: record at most that, "
        "or a disbursement to it first."
    ),
    AccountKind.BUDGET: phrase(
        "Of this budget line of %(source)s, %(left)s is neither used nor moved on %(on)s and later: move "
        "at most that."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementWish:
    """What somebody wants recorded: parties by their keys, the amount as it was written.

    `holder` is to whom money is disbursed, or who spent it. `rate_on` is the day of the rate that
    somebody meant; without one it is the rate that holds. `earmark` is the number of the one that it is of.
    """

    act: MoneyAct
    on: date
    source: str
    currency: str
    amount: str
    holder: str = ""
    year: int = 0
    output: str = ""
    category: str = ""
    country: str = ""
    earmark: int = 0
    rate_on: date | None = None


def checked(
    session: Session, wish: MovementWish, by: int, now: datetime, kept: Mapping[int, Earmark]
) -> tuple[MovementWish, Decimal]:
    """The wish as it is kept, and its amount; refuses it at each field that is wrong, by the earmarks `kept`.

    A country of the reference list that was no party yet is entered.
    """
    wish = replace(
        wish,
        source=wish.source.strip().lower(),
        holder=wish.holder.strip().lower(),
        currency=wish.currency.strip().upper(),
        output=free_text.kept_line(wish.output, "output"),
        category=free_text.kept_line(wish.category, "category"),
        country=wish.country.strip().lower(),
    )
    bring_countries(session, {wish.source, wish.holder}, came="money", by=by, now=now)
    faults = {**_faults(wish, now.date()), **_unknown(session, wish)}
    faults |= earmark_faults(wish.act, _place(wish), wish.on, kept)
    amount = Decimal(0)
    if "currency" not in faults:
        try:
            amount = amount_of(wish.amount, wish.currency)
        except Invalid as refused:
            faults |= refused.faults
    if faults:
        raise Invalid(together(faults.values()), faults)
    return wish, amount


def sides(wish: MovementWish, amount: Decimal) -> tuple[Entry, Entry]:
    """The two sides of what is wished."""
    return entries_of(wish.act, _place(wish), wish.currency, amount)


def _place(wish: MovementWish) -> Account:
    """The account that a wish speaks of, whatever its kind."""
    what = wish.year, wish.output, wish.category, wish.country, wish.earmark
    return Account(AccountKind.SOURCE, wish.source, wish.holder, *what)


def overdrawn(session: Session, movement: Movement, entry: Entry, left: Decimal) -> Phrase:
    """What is said where an account would be overdrawn: how much may leave it, and what comes first."""
    keys = {entry.account.source, entry.account.holder}
    asked = select(Party.key, Party.name).where(Party.key.in_(keys))
    names = dict(session.execute(asked).all())
    parts: dict[str, Part] = {
        "source": _whose(names, entry.account),
        "left": money(left, entry.currency),
        "on": movement.on,
    }
    if entry.account.holder:
        parts["holder"] = names[entry.account.holder]
    if movement.corrects is not None:
        return with_parts(TAKEN_BACK, parts)
    return with_parts(SHORT.get(entry.account.kind, NOT_RECEIVED), parts)


def _whose(names: Mapping[str, str], at: Account) -> Part:
    """Whose money it is, and of which earmark."""
    if not at.earmark:
        return names[at.source]
    return phrase("%(source)s under earmark %(number)s", source=names[at.source], number=at.earmark)


def refused_at(field: str, said: Phrase) -> Invalid:
    """The refusal that says one thing at one field."""
    return Invalid(said, {field: said})


def day_faults(on: date, today: date) -> dict[str, Phrase]:
    """What is wrong with the day of a movement."""
    if on > today:
        return {"on": phrase("Money is recorded once it has moved: today at the latest.")}
    if on.year < FIRST_YEAR:
        return {"on": phrase("A movement is of %(year)s or later.", year=FIRST_YEAR)}
    return {}


def _faults(wish: MovementWish, today: date) -> dict[str, Phrase]:
    found = day_faults(wish.on, today)
    if not is_code(wish.currency):
        found["currency"] = phrase("A currency is three letters, like EUR.")
    if wish.act is MoneyAct.DISBURSEMENT and not wish.holder:
        found["holder"] = phrase("Say to whom it was disbursed.")
    if wish.holder and wish.act not in HELD:
        found["holder"] = phrase("Only of a disbursement or an expenditure another holder is said.")
    return found | _line_faults(wish)


def _line_faults(wish: MovementWish) -> dict[str, Phrase]:
    said = {name: getattr(wish, name) for name in ("year", "output", "category", "country")}
    if wish.act not in LINED:
        return {
            name: phrase("Only a budget line, an expenditure or a contribution in kind has this.")
            for name, value in said.items()
            if value
        }
    return line_faults(wish.year, wish.output, wish.category, wish.country)


def line_faults(year: int, output: str, category: str, country: str) -> dict[str, Phrase]:
    """What is wrong with the words that name a budget line."""
    found: dict[str, Phrase] = {}
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        found["year"] = phrase("A year is written like 2026.")
    if country and country.upper() not in reference().countries:
        found["country"] = phrase("A country is named by its three letters, like MOZ.")
    for name, said in (("output", output), ("category", category)):
        if len(said) > LONGEST_LINE:
            found[name] = phrase("At most %(most)s characters.", most=LONGEST_LINE)
    return found


def _unknown(session: Session, wish: MovementWish) -> Mapping[str, Phrase]:
    """The parties that nobody entered."""
    keys = {wish.source, wish.holder}
    known = set(session.scalars(select(Party.key).where(Party.key.in_(keys))))
    named = {"source": wish.source, "holder": wish.holder}
    return {
        field: phrase(
            "There is no party called %(key)s: choose one that is entered.", key=f"{key!r:.60}"
        )
        for field, key in named.items()
        if key not in known and (key or field == "source")
    }
