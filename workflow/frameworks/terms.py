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
# The committees that a framework may have of its own, each called by its kind.
COMMITTEES = ("appraisal", "steering")
KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,39}")
# What a column of the database holds.
MOST_MONEY, CENT = Decimal(10) ** 14, Decimal("0.01")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A framework or fund as somebody describes it; `body` is the key of the body that decides.

    `appraisal` and `steering` are those of its own committees, where it has any.
    """

    title: str
    starts_on: date
    ends_on: date | None = None
    kind: str = FRAMEWORK
    symbol: str = ""
    areas: tuple[str, ...] = ()
    currency: str = ""
    envelope: Decimal | None = None
    body: str = ""
    appraisal: str = ""
    steering: str = ""


@dataclass(frozen=True, slots=True)
class TermsBodies:
    """The bodies that terms name, as far as they are entered: who decides, appraises and steers."""

    body: Body | None = None
    appraisal: Body | None = None
    steering: Body | None = None

    @classmethod
    def of(cls, session: Session, terms: Terms) -> "TermsBodies":
        """The bodies called as the terms say."""
        named = {terms.body, terms.appraisal, terms.steering} - {""}
        rows = session.scalars(select(Body).where(Body.key.in_(sorted(named)))) if named else ()
        found = {row.key: row for row in rows}
        return cls(found.get(terms.body), found.get(terms.appraisal), found.get(terms.steering))


def enter_framework(
    session: Session, key: str, terms: Terms, *, by: int | None, now: datetime
) -> int:
    """Enter a framework or a fund and return its id.

    Refuses a key that is taken, a period that ends before it begins, an unknown area, an envelope
    without its one currency, and a body without a chair.
    """
    key = key.strip()
    body = TermsBodies.of(session, terms)
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
    body = TermsBodies.of(session, terms)
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
        _tell(session, row, TermsBodies(), by, now)


def _describe(
    session: Session,
    row: Framework,
    terms: Terms,
    bodies: TermsBodies,
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
    kept.body_id = bodies.body.id if bodies.body else None
    kept.appraisal_id = bodies.appraisal.id if bodies.appraisal else None
    kept.steering_id = bodies.steering.id if bodies.steering else None
    session.add(kept)
    session.execute(delete(FrameworkArea).where(FrameworkArea.framework_id == row.id))
    areas = [{"framework_id": row.id, "area": area} for area in dict.fromkeys(terms.areas)]
    if areas:
        session.execute(insert(FrameworkArea), areas)
    session.flush()
    _tell(session, row, bodies, by, now)


def _tell(
    session: Session, row: Framework, bodies: TermsBodies, by: int | None, now: datetime
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
        body=bodies.body.key if bodies.body else "",
        appraisal=bodies.appraisal.key if bodies.appraisal else None,
        steering=bodies.steering.key if bodies.steering else None,
    )
    registered(session, Fact(told, by, now))


def _faults(session: Session, terms: Terms, bodies: TermsBodies, today: date) -> dict[str, Phrase]:
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
    return faults | _body_faults(session, terms, bodies, today) | _money_faults(terms)


def _body_faults(
    session: Session, terms: Terms, bodies: TermsBodies, today: date
) -> dict[str, Phrase]:
    """What is wrong with the body that decides, and with the committees."""
    faults: dict[str, Phrase] = {}
    for name in ("body", *COMMITTEES):
        named, found = getattr(terms, name), getattr(bodies, name)
        if named and found is None:
            faults[name] = phrase("Choose a body from the list.")
        elif found is not None and name in COMMITTEES and found.kind != name:
            faults[name] = phrase("%(body)s is no committee of this kind.", body=found.name)
        elif found is not None and not sitting(session, found.id, today, (CHAIR,)):
            faults[name] = NO_CHAIR
    return faults


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


def _refuse(faults: dict[str, Phrase]) -> None:
    if faults:
        raise Invalid(together(faults.values()), faults)
