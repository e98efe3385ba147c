"""Frameworks and funds entered and changed by hand, or taken in from the reference list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import FrameworkDescribed
from workflow.bodies.commands import NO_CHAIR
from workflow.bodies.models import Body
from workflow.bodies.seats import CHAIR, sitting
from workflow.errors import Invalid, NotFound
from workflow.frameworks.commands import seed_frameworks
from workflow.frameworks.models import Framework, FrameworkArea, FrameworkTerms
from workflow.free_text import kept_line
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase, together
from workflow.reference import reference

FRAMEWORK, FUND = "framework", "fund"
KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,39}")
# What a column of the database holds.
MOST_MONEY, CENT = Decimal(10) ** 14, Decimal("0.01")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A framework or fund as somebody describes it; `body` is the key of the body that decides."""

    title: str
    starts_on: date
    ends_on: date | None = None
    kind: str = FRAMEWORK
    symbol: str = ""
    areas: tuple[str, ...] = ()
    currency: str = ""
    envelope: Decimal | None = None
    body: str = ""


def enter_framework(
    session: Session, key: str, terms: Terms, *, by: int | None, now: datetime
) -> int:
    """Enter a framework or a fund and return its id.

    Refuses a key that is taken, a period that ends before it begins, an unknown area, an envelope
    without its one currency, and a body without a chair.
    """
    key = key.strip()
    body = _body(session, terms.body)
    faults = _faults(session, terms, body, now.date())
    if not KEY.fullmatch(key):
        faults["key"] = phrase("A key has 2 to 40 letters, digits and hyphens.")
    elif session.scalar(select(Framework.id).where(Framework.key == key)):
        faults["key"] = phrase("A framework called %(key)s is entered already.", key=key)
    _refuse(faults)
    made = Framework(key=key, confidence="high")
    _describe(session, made, terms, body, by, now)
    return made.id


def describe_framework(
    session: Session, framework_id: int, terms: Terms, *, by: int | None, now: datetime
) -> None:
    """Change what is known of a framework; its envelope stays in the currency that it was given in."""
    found = session.get(Framework, framework_id, with_for_update=True)
    if found is None:
        raise NotFound(phrase("There is no such framework."))
    body = _body(session, terms.body)
    faults = _faults(session, terms, body, now.date())
    kept = session.get_one(FrameworkTerms, framework_id).currency
    if kept and terms.currency != kept:
        faults["currency"] = phrase(
            "The envelope is in %(currency)s; a framework has one currency.", currency=kept
        )
    _refuse(faults)
    _describe(session, found, terms, body, by, now)


def take_in(session: Session, *, by: int | None, now: datetime) -> tuple[str, ...]:
    """Enter every framework of the reference list that is not there yet, and return their keys."""
    known = set(session.scalars(select(Framework.key)))
    taken = [key for key in seed_frameworks(session) if key not in known]
    tell(session, taken, by=by, now=now)
    return tuple(taken)


def tell(session: Session, keys: Iterable[str], *, by: int | None, now: datetime) -> None:
    """Tell of frameworks as they stand, where they came from a list and no body decides yet."""
    for row in session.scalars(select(Framework).where(Framework.key.in_(list(keys)))):
        _tell(session, row, None, by, now)


def _describe(
    session: Session,
    row: Framework,
    terms: Terms,
    body: Body | None,
    by: int | None,
    now: datetime,
) -> None:
    row.title, row.symbol = kept_line(terms.title, "title"), kept_line(terms.symbol, "symbol")
    row.first_year = terms.starts_on.year
    row.last_year = (terms.ends_on or terms.starts_on).year
    session.add(row)
    session.flush()
    kept = session.get(FrameworkTerms, row.id) or FrameworkTerms(framework_id=row.id)
    kept.kind, kept.starts_on, kept.ends_on = terms.kind, terms.starts_on, terms.ends_on
    kept.currency, kept.envelope = terms.currency, terms.envelope
    kept.body_id = body.id if body else None
    session.add(kept)
    session.execute(delete(FrameworkArea).where(FrameworkArea.framework_id == row.id))
    areas = [{"framework_id": row.id, "area": area} for area in dict.fromkeys(terms.areas)]
    if areas:
        session.execute(insert(FrameworkArea), areas)
    session.flush()
    _tell(session, row, body, by, now)


def _tell(
    session: Session, row: Framework, body: Body | None, by: int | None, now: datetime
) -> None:
    of_it = select(FrameworkArea.area).where(FrameworkArea.framework_id == row.id)
    terms = session.get_one(FrameworkTerms, row.id)
    told = FrameworkDescribed(
        framework=row.key,
        kind=terms.kind,
        title=row.title,
        symbol=row.symbol,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        areas=tuple(session.scalars(of_it.order_by(FrameworkArea.area))),
        currency=terms.currency,
        envelope="" if terms.envelope is None else f"{terms.envelope:.2f}",
        body=body.key if body else "",
    )
    registered(session, Fact(told, by, now))


def _faults(session: Session, terms: Terms, body: Body | None, today: date) -> dict[str, Phrase]:
    """What is wrong with the terms, by their fields."""
    faults: dict[str, Phrase] = {}
    if not 1 <= len(kept_line(terms.title, "title")) <= 300:
        faults["title"] = phrase("A title has between 1 and 300 characters.")
    if terms.kind not in (FRAMEWORK, FUND):
        faults["kind"] = phrase("Choose whether it is a framework or a fund.")
    if len(terms.symbol) > 60:
        faults["symbol"] = phrase("A symbol has at most 60 characters.")
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        faults["ends_on"] = phrase("It cannot end before it begins.")
    if set(terms.areas) - set(reference().areas):
        faults["areas"] = phrase("Choose areas from the list.")
    if terms.body and body is None:
        faults["body"] = phrase("Choose a body from the list.")
    elif body is not None and not sitting(session, body.id, today, (CHAIR,)):
        faults["body"] = NO_CHAIR
    return faults | _money_faults(terms)


def _money_faults(terms: Terms) -> dict[str, Phrase]:
    """What is wrong with the envelope: its one currency, or its amount."""
    if terms.currency and not CURRENCY.fullmatch(terms.currency):
        one = phrase("An envelope is in one currency, named by three letters: USD.")
        return {"currency": one}
    if terms.envelope is None:
        return {}
    if not terms.currency:
        return {"currency": phrase("Say in which one currency the envelope is.")}
    if not terms.envelope.is_finite() or abs(terms.envelope) >= MOST_MONEY:
        less = phrase("An envelope is an amount of at most fourteen digits before its point.")
        return {"envelope": less}
    if terms.envelope < CENT:
        more = phrase("An envelope is more than nothing; leave it empty if unknown.")
        return {"envelope": more}
    return {}


def _body(session: Session, key: str) -> Body | None:
    return session.scalars(select(Body).where(Body.key == key)).one_or_none() if key else None


def _refuse(faults: dict[str, Phrase]) -> None:
    if faults:
        raise Invalid(together(faults.values()), faults)
