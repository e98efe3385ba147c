"""Reading checks: their kind, where they look, what they say and what they stop."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from workflow.lifecycles.checks.check import CheckKind, FormCheck, OnlyWhere, Stops, ValuePlace
from workflow.lifecycles.loader.names import GROUPING_NAME, GROUPS, NAME, KnownNames
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

SHARE = re.compile(r"[0-9]{1,3}/[1-9][0-9]{0,2}")
PARTICULARS = (
    "of",
    "to",
    "share",
    "number",
    "amount",
    "among",
    "rows",
    "besides",
    "across",
    "beside",
    "is",
)
MOST = 10**15
# What a check of each kind says about itself: what it must, and what it may.
MUST: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.EQUAL: ("of", "to"),
    CheckKind.AT_MOST: ("of",),
    CheckKind.AT_LEAST: ("of",),
    CheckKind.AFTER: ("of", "to"),
    CheckKind.WITHIN: ("of", "to"),
    CheckKind.EACH_AT_MOST: ("of", "to", "share"),
    CheckKind.SAME: ("of", "to"),
    CheckKind.OTHER: ("of", "to"),
    CheckKind.AGREES: ("of", "to"),
    CheckKind.UNMOVED: ("of", "to"),
    CheckKind.GIVEN: ("of",),
    CheckKind.NONE: ("of",),
    CheckKind.ANSWERS: ("of", "to"),
    CheckKind.ONCE: ("of",),
    CheckKind.FILED: ("to",),
    CheckKind.IS: ("of", "is"),
}
MAY: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.EQUAL: ("rows",),
    CheckKind.AT_MOST: ("to", "amount", "rows", "share", "across"),
    CheckKind.AT_LEAST: ("to", "amount", "rows", "share"),
    CheckKind.EACH_AT_MOST: ("beside",),
    CheckKind.WITHIN: ("rows",),
    CheckKind.GIVEN: ("rows", "number", "among"),
    CheckKind.NONE: ("rows", "among", "to"),
    CheckKind.ANSWERS: ("besides",),
}


def read_checks(entry: TomlTable, names: KnownNames) -> tuple[FormCheck, ...]:
    """The checks that a document or a round declares; whether their places exist is judged later."""
    return tuple(_check(below, names) for below in entry.tables("checks", optional=True))


def _check(entry: TomlTable, names: KnownNames) -> FormCheck:
    kind = entry.one_of("kind", tuple(CheckKind), phrase("kind of check"))
    stops = entry.one_of("stops", tuple(Stops), phrase("thing that a check stops"), optional=True)
    check = replace(
        read_relation(entry, kind),
        key=entry.name("key"),
        at=entry.name("at"),
        label=entry.text("label"),
        problem=entry.text("problem"),
        stops=Stops(stops or Stops.NOTHING),
        when=read_only_where(entry, "when", "field"),
        source=entry.many_of("source", names.sources, phrase("source"), optional=True),
        besides=_places(entry, "besides"),
        across=entry.name("across", optional=True),
        beside=entry.name("beside", optional=True),
        yields_to=entry.texts("yields_to", optional=True),
    )
    entry.done()
    return check


def read_relation(entry: TomlTable, kind: str) -> FormCheck:
    """How values stand to each other, and nothing else; `kind` is empty where the file names none."""
    relation = FormCheck(
        key="",
        kind=CheckKind(kind or CheckKind.GIVEN),
        at="",
        label="",
        problem="",
        of=_places(entry, "of"),
        to=_documents(entry) if kind == CheckKind.FILED else _places(entry, "to"),
        share=read_share(entry, "share") or Fraction(1),
        number=entry.number("number", least=1, most=1000, default=1),
        amount=_amount(entry),
        among=_group(entry),
        rows=read_only_where(entry, "rows", "column"),
        words=frozenset(entry.texts("is", optional=True)),
    )
    if kind:
        _note_particulars(entry, relation)
    return relation


def _group(entry: TomlTable) -> str:
    """The group that a relation looks among: one of the domain, or a grouping of countries by its key."""
    written = entry.text("among", optional=True)
    if GROUPING_NAME.fullmatch(written):
        return written
    return entry.one_of("among", GROUPS, phrase("group of the domain"), optional=True)


def _places(entry: TomlTable, key: str) -> tuple[ValuePlace, ...]:
    return tuple(ValuePlace.named(each) for each in entry.texts(key, optional=True))


def _documents(entry: TomlTable) -> tuple[ValuePlace, ...]:
    return tuple(ValuePlace("", document=each) for each in entry.texts("to", optional=True))


def read_share(entry: TomlTable, key: str) -> Fraction | None:
    """A fraction, which is written as text, since canonical JSON holds no fractions; None where nothing is said."""
    raw = entry.value(key)
    if raw is None:
        return None
    if isinstance(raw, str) and SHARE.fullmatch(raw) and 0 < Fraction(raw) <= 1:
        return Fraction(raw)
    entry.note(key, phrase('is %(raw)s; a fraction such as "15/100" is expected', raw=repr(raw)))
    return None


def _amount(entry: TomlTable) -> Decimal | None:
    """A ceiling or a floor that the lifecycle sets itself, in whole units of money."""
    return Decimal(entry.number("amount", least=1, most=MOST)) if entry.has("amount") else None


def read_only_where(entry: TomlTable, key: str, where: str) -> OnlyWhere | None:
    """Under which words of another field, or of a column of the same row, something is asked."""
    if not entry.has(key):
        return None
    below = entry.table(key)
    place, words = below.text(where), frozenset(below.texts("is"))
    below.done()
    if where == "column" and place and not NAME.fullmatch(place):
        below.note(where, phrase("is no name of a column"))
    named = ValuePlace("", column=place) if where == "column" else ValuePlace.named(place)
    return OnlyWhere(named, words)


def _note_particulars(entry: TomlTable, check: FormCheck) -> None:
    must, may = MUST[check.kind], MAY.get(check.kind, ())
    for particular in PARTICULARS:
        if particular in must and not entry.has(particular):
            entry.note(
                particular,
                phrase("is missing; a check of kind '%(kind)s' needs it", kind=check.kind),
            )
        if particular not in (*must, *may) and entry.has(particular):
            entry.note(
                particular, phrase("does not belong to a check of kind '%(kind)s'", kind=check.kind)
            )
    if check.kind in {CheckKind.AT_MOST, CheckKind.AT_LEAST}:
        _note_bound(entry)
    if check.kind is CheckKind.NONE and not (check.among or check.to):
        entry.note("among", phrase("is missing; name a group, or places in 'to'"))
    if check.kind is CheckKind.WITHIN and entry.has("to") and len(check.to) != 2:
        entry.note("to", phrase("must name two places: where the period begins and where it ends"))


def _note_bound(entry: TomlTable) -> None:
    """What is held against something says against what: other values, or one amount."""
    if entry.has("to") == entry.has("amount"):
        entry.note(
            "to", phrase("names other values, or else 'amount' sets one; one of them is needed")
        )
