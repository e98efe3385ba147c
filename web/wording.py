"""Lists, lifecycle words and sentences of a history as a page says them in its own language."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date
from babel.lists import format_list
from flask import Blueprint
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from web import filters
from workflow.history.phrase import Part, Phrase, Term
from workflow.reference import reference

STRONG = frozenset({"who", "party", "after", "name", "state"})


def register(bp: Blueprint) -> None:
    """Teach the templates these filters."""
    for each in (word, listed, speak, because, area_label, part_day, begun):
        bp.add_app_template_filter(each)


def word(text: str) -> str:
    """A word of a lifecycle or of the reference data, translated if there is a translation.

    It stays plain text that a template escapes; `_()` in a template would take it for markup.
    """
    return gettext(text) if text else ""


def begun(text: str) -> str:
    """Words as they begin a sentence or a button."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], most: int = 0) -> str:
    """Names as a sentence lists them: India, Brazil and 3 others."""
    if not most or len(names) <= most + 1:
        return format_list(list(names), locale=filters.language())
    rest = len(names) - most
    others = ngettext("%(num)d other", "%(num)d others", rest)
    return format_list([*names[:most], others], locale=filters.language())


def speak(said: Phrase) -> Markup:
    """A sentence of a history, with who did it and what it led to set off."""
    parts = {name: _set_off(name, said_part(part)) for name, part in said.parts.items()}
    return Markup(escape(gettext(said.words))) % parts  # noqa: S704  # escaped just here


def plainly(said: Phrase) -> str:
    """A sentence of a history as plain text."""
    return gettext(said.words) % {name: said_part(part) for name, part in said.parts.items()}


def said_part(part: Part) -> str:
    """What stands in one place of a sentence."""
    match part:
        case Term():
            return word(part)
        case tuple():
            return listed(part)
        case datetime():
            return filters.instant(part)
        case date():
            return filters.short_day(part)
    return str(part)


def because(why: str) -> str:
    """Why a seat is asked, with areas by their names."""
    reason, _, keys = why.partition(": ")
    if reason == "registered interest":
        areas = listed([area_label(key) for key in keys.split(", ")])
        return gettext("registered interest: %(areas)s", areas=areas)
    if reason == "answered":
        return gettext("answered: %(verdict)s", verdict=keys)
    return word(why)


def area_label(key: str) -> str:
    """A thematic area by its name."""
    known = reference().areas.get(key)
    return word(known.label) if known else key


def part_day(written: str) -> str:
    """A day of which perhaps only the year or the month is known: 2005, July 2005, 1 July 2005."""
    try:
        first = date.fromisoformat(f"{written}-01-01"[:10] if len(written) < 10 else written)
    except ValueError:
        return written
    patterns = {4: "y", 7: "LLLL y", 10: "long"}
    return format_date(first, patterns.get(len(written), "long"), filters.language())


def _set_off(name: str, text: str) -> Markup | str:
    return Markup("<strong>{}</strong>").format(text) if name in STRONG else text
