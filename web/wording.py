"""Lists, lifecycle words and sentences of a history as a page says them in its own language."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from typing import cast

from babel.dates import format_date
from babel.lists import format_list
from flask import Blueprint, has_app_context
from flask_babel import lazy_gettext
from markupsafe import Markup, escape

from web import filters
from web.filters import word
from web.frame import answer_labels
from web.page.kept import kept
from web.sentences import catalogue
from web.sentences.catalogue import gettext, ngettext
from workflow.free_text.characters import set_apart
from workflow.phrase import Dated, Dollars, Either, Lowered, OneOf, Part, Phrase, Term
from workflow.reference import reference
from workflow.vocabulary import CONFIDENCE

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Why a party is asked that takes part in a programme, by what it is to it.
CAPACITIES: Mapping[str, object] = {
    "proposer": lazy_gettext("it speaks for it as its proposer"),
    "beneficiary": lazy_gettext("it takes part in the programme"),
    "donor": lazy_gettext("it gives to the programme"),
    "executing agency": lazy_gettext("it executes the programme"),
    "lead": lazy_gettext("it leads the programme"),
    "convenor": lazy_gettext("it convenes the lead group"),
    "owner": lazy_gettext("it owns what is asked about"),
    "invited besides": lazy_gettext("an officer added it to the invitation"),
    "approached": lazy_gettext("it is asked for itself"),
    "invited": lazy_gettext("it is invited to the meeting"),
}
STRONG = frozenset({"who", "party", "after", "name", "state"})


def register(bp: Blueprint) -> None:
    """Teach the templates these filters."""
    for each in (listed, speak, plainly, because, area_label, part_day, begun, confidence):
        bp.add_app_template_filter(each)


def begun(text: str) -> str:
    """Words as they begin a sentence or a button."""
    return text[:1].upper() + text[1:]


def confidence(key: str) -> str:
    """How sure a record is, in words: Checked in part."""
    return begun(word(CONFIDENCE.get(key, key)))


def listed(names: Sequence[str], most: int = 0) -> str:
    """Names as a sentence lists them: India, Brazil and 3 others."""
    if not most or len(names) <= most + 1:
        return format_list(list(map(set_apart, names)), locale=filters.language())
    rest = len(names) - most
    others = ngettext("%(num)d other", "%(num)d others", rest)
    return format_list([*map(set_apart, names[:most]), others], locale=filters.language())


def speak(said: Phrase) -> Markup:
    """A sentence of a history, with who did it and what it led to set off."""
    parts = {name: _set_off(name, said_part(part)) for name, part in said.parts.items()}
    return Markup(escape(_words(said))) % parts  # noqa: S704  # escaped just here


def plainly(said: Phrase) -> str:
    """A sentence of a history, or what a refusal says, as plain text that a template escapes."""
    return _words(said) % {name: said_part(part) for name, part in said.parts.items()}


def said_part(part: Part) -> str:
    """What stands in one place of a sentence."""
    match part:
        case Phrase():
            return plainly(part)
        case Term():
            return word(part)
        case Lowered(inside):
            return word(inside).lower()
        case Either(things) | OneOf(things):
            return _chosen([said_part(each) for each in things], listed=isinstance(part, OneOf))
        case tuple():
            return listed([said_part(each) for each in part])
    return _measured(part)


def _measured(part: str | int | date | Dated | Dollars) -> str:
    """A day, an instant, an amount, a number or a name."""
    match part:
        case Dollars(amount):
            return filters.money(amount)
        case Dated(at, english):
            return english if _is_said(english) else _measured(at)
        case datetime():
            return filters.instant(part)
        case date():
            return filters.short_day(part)
    return set_apart(str(part))


def _is_said(english: str) -> bool:
    """Whether a day or an instant is said as the code writes it: at a terminal, or in English words."""
    if filters.language().language != "en":
        return False
    return not has_app_context() or ISO_DAY.match(english) is None


def _words(said: Phrase) -> str:
    """The words of a sentence in the language of the page, its places still open."""
    if said.many:
        return catalogue.said_many(said.words, said.many, cast("int", said.parts["num"]))
    return catalogue.said(said.words)


def _chosen(things: Sequence[str], *, listed: bool) -> str:
    """Things of which one is enough: as a list, or two by two as English strings them together."""
    if listed:
        return format_list(things, style="or", locale=filters.language())
    pair = filters.language().list_patterns["or"]["2"]
    return reduce(pair.format, things)


def because(why: str) -> str:
    """Why a seat is asked, with areas by their names and answers in their words."""
    reason, _, keys = why.partition(": ")
    if reason == "registered interest":
        areas = listed([area_label(key) for key in keys.split(", ")])
        return gettext("registered interest: %(areas)s", areas=areas)
    if reason == "registered support":
        areas = listed([area_label(key) for key in keys.split(", ")])
        return gettext("offers support: %(areas)s", areas=areas)
    if reason == "answered":
        return gettext(
            "answered: %(verdict)s", verdict=word(_answered().get(keys.replace(" ", "_"), keys))
        )
    return str(CAPACITIES.get(why) or word(why))


def _answered() -> Mapping[str, str]:
    """The words for answers, gathered once for a page: all lifecycles are gone through for them."""
    page = kept()
    if "answer_labels" not in page:
        page.answer_labels = answer_labels()
    found: Mapping[str, str] = page.answer_labels
    return found


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
