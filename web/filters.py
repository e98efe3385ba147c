"""How instants, days, money, countries and digests are written on a page."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale

from web.access import engine
from web.frame import glossed, role_labels
from web.page.kept import kept
from web.sentences import catalogue
from web.sentences.catalogue import gettext, ngettext
from workflow.engine.queue.tally import Count
from workflow.lifecycles.terms import DayOfYear
from workflow.people.queries import Office
from workflow.reference import reference
from workflow.vocabulary import Stage

SOON_DAYS = 7
DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
FLAG_A = 0x1F1E6
ENGLISH, BRITISH = "en", Locale("en", "GB")
NO_BODIES: Mapping[int, str] = MappingProxyType({})


def language() -> Locale:
    """The locale of the page; English is written the British way."""
    try:
        found: Locale = kept().language
    except AttributeError:
        found = kept().language = _known(str(get_locale() or ENGLISH))
    except RuntimeError:
        # A command, which has no page.
        found = BRITISH
    return found


@cache
def _known(chosen: str) -> Locale:
    """One locale for each language, so that whatever is kept by a locale is found at once."""
    locale = Locale.parse(chosen)
    return BRITISH if locale.language == ENGLISH else locale


@lru_cache(maxsize=4096)
def _day(on: date, length: str, locale: Locale) -> str:
    """A day as it is written; the days on pages are few, and babel takes its time."""
    return format_date(on, length, locale)


def instant(moment: datetime | None) -> str:
    """A point in time: 3 Mar 2005, 17:00 UTC."""
    if moment is None:
        return ""
    utc = moment.astimezone(UTC)
    return f"{_day(utc.date(), 'medium', language())}, {utc:%H:%M} UTC"


def day(value: date | datetime | None) -> str:
    """A day in full: 12 March 2005."""
    return _dated(value, "long")


def short_day(value: date | datetime | None) -> str:
    """A day in little room: 12 Mar 2005."""
    return _dated(value, "medium")


def day_of_year(value: DayOfYear) -> str:
    """A day that comes every year: 30 April."""
    return format_skeleton("MMMMd", date(2001, *value), locale=language())


def _dated(value: date | datetime | None, length: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).date()
    return _day(value, length, language())


def relative(due: datetime, now: datetime | None = None) -> str:
    """How far off or how late: in 3 days, 3 days late."""
    now = now or engine().now()
    seconds = (due - now).total_seconds()
    days = abs((due.astimezone(UTC).date() - now.astimezone(UTC).date()).days)
    hours = int(abs(seconds) // HOUR_SECONDS)
    if seconds < 0:
        return _late(days, hours)
    if hours >= 24:
        return ngettext("in %(num)d day", "in %(num)d days", days)
    if hours >= 1:
        return ngettext("in %(num)d hour", "in %(num)d hours", hours)
    return gettext("within the hour")


def _late(days: int, hours: int) -> str:
    if hours >= 24:
        return ngettext("%(num)d day late", "%(num)d days late", days)
    if hours >= 1:
        return ngettext("%(num)d hour late", "%(num)d hours late", hours)
    return gettext("just passed")


def urgency(due: datetime | None, now: datetime | None = None) -> str:
    """The word that colours a due time: late, soon, later or open."""
    if due is None:
        return "open"
    seconds = (due - (now or engine().now())).total_seconds()
    if seconds < 0:
        return "late"
    return "soon" if seconds < SOON_DAYS * DAY_SECONDS else "later"


def money(amount: Decimal | float | str | None, currency: str = "USD") -> str:
    """An amount: USD 640,000; cents only where there are some."""
    if amount is None or amount == "":
        return ""
    value = Decimal(str(amount))
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    return f"{currency} {_grouped(str(value), pattern, language())}"


def number(value: Decimal | float | None) -> str:
    """A number with its groups set apart: 18,402."""
    return "" if value is None else _grouped(str(value), None, language())


@lru_cache(maxsize=4096)
def _grouped(value: str, pattern: str | None, locale: Locale) -> str:
    """A number as it is written; babel takes its time for each, and pages say the same ones again."""
    return format_decimal(Decimal(value), pattern, locale)


def capped(count: Count) -> str:
    """A number of seats, which says where there are more: 12, 1,000+."""
    return f"{number(count.number)}+" if count.more else str(count.number)


def country(iso3: str) -> str:
    """The name of a country by its three letters, in the language of the page."""
    return _country(iso3, language())


@lru_cache(maxsize=2048)
def _country(iso3: str, locale: Locale) -> str:
    known = reference().countries.get(iso3.upper())
    if known is None or locale is BRITISH:
        return known.name if known else iso3
    return str(locale.territories.get(known.iso2, known.name))


def named(party: str) -> str:
    """A party by its name; a country of the reference list is called so in the language of the page."""
    if language() is BRITISH:
        return party
    known = _by_name().get(party)
    return country(known) if known else party


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """The letters of each country by its English name."""
    return {each.name: iso3 for iso3, each in reference().countries.items()}


def flag(iso3: str) -> str:
    """The flag of a country as the two letters that devices draw it from."""
    known = reference().countries.get(iso3.upper())
    return "".join(chr(FLAG_A + ord(letter) - ord("A")) for letter in known.iso2) if known else ""


def digest(value: str | bytes | None) -> str:
    """A digest short enough to compare by eye: 7c1e…a40b."""
    written = value.hex() if isinstance(value, bytes) else value or ""
    return f"{written[:4]}…{written[-4:]}" if len(written) > 9 else written


def role_label(key: str) -> str:
    """A role in the words of the lifecycle that the page is about, or of those published: Focal point."""
    try:
        known = kept().role_labels
    except AttributeError:
        known = kept().role_labels = role_labels()
    return word(known.get(key) or spoken(key))


def stage_label(key: str) -> str:
    """A stage as it is called everywhere: Approval, and Ended where a life has ended."""
    return gettext("Ended") if key == Stage.END.value else word(spoken(key))


def office(held: Office, bodies: Mapping[int, str] = NO_BODIES) -> str:
    """An office as it is spoken: Focal point, Brazil; with `bodies`, on which of them it counts."""
    spoken_so = f"{role_label(held.role)}, {named(held.party_name)}"
    body = bodies.get(held.body_id) if held.body_id is not None else None
    return gettext("%(office)s, on %(body)s", office=spoken_so, body=body) if body else spoken_so


def word(text: str) -> str:
    """A word of a lifecycle or of the reference data, translated if there is a translation.

    It stays plain text that a template escapes; `_()` in a template would take it for markup.
    """
    if not text:
        return ""
    found: str = catalogue.catalogue().ugettext(text)
    return found if found != text or language() is BRITISH else glossed(text)


def figure(value: Decimal) -> str:
    """A figure in the language of the page, with the decimals that it has."""
    after = max(0, -int(value.normalize().as_tuple().exponent))
    return format_decimal(value, "#,##0." + "0" * after if after else "#,##0", language())


def spoken(key: str) -> str:
    """A key as words: lead_group becomes Lead group."""
    return key.replace("_", " ").replace("-", " ").strip().capitalize()


def in_words(key: str) -> str:
    """A key inside a sentence, in the reader's language: lead_group becomes lead group."""
    return word(key.replace("_", " "))


FILTERS: tuple[Callable[..., Any], ...] = (
    instant, day, day_of_year, short_day, relative, urgency, money, number, figure, capped,
    country, named, flag, digest, role_label, office, word, spoken, in_words,
)  # fmt: skip


def register(app: Flask) -> None:
    """Teach the templates every filter by its name."""
    for each in FILTERS:
        app.jinja_env.filters[each.__name__] = each
