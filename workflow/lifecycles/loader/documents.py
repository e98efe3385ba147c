"""Reading documents: their sections and fields, who writes them and when."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.clauses.numbered import CLAUSES, READINGS
from workflow.lifecycles.documents import HOLDERS, DocumentKind, Field, Section
from workflow.lifecycles.loader.footing import read_footing
from workflow.lifecycles.loader.names import CAPACITIES, NAME, VOCABULARIES, KnownNames
from workflow.lifecycles.loader.relations.declared import read_checks
from workflow.lifecycles.loader.relations.results import check_read_by_name
from workflow.lifecycles.loader.seats import read_writer
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.openness import DECLARED, OF_ANSWERS, OF_TEXTS, Openness
from workflow.phrase import phrase
from workflow.vocabulary import ANYBODY, Footing

IATI_CATEGORY = re.compile(r"[AB][0-9]{2}")
ABOVE = re.compile(rf"parent:{NAME.pattern}:{NAME.pattern}\.{NAME.pattern}")
# What a field of each kind may say about itself, beyond what every field says.
PARTICULARS: Mapping[str, tuple[str, ...]] = {
    "line": ("longest",),
    "text": ("longest",),
    "choice": ("vocabulary", "options"),
    "choices": ("vocabulary", "options", "least"),
    "countries": ("least",),
    "number": (),
    "decimal": (),
    "money": ("below_zero",),
    "date": (),
    "check": (),
    "rating": (),
    "party": ("vocabulary",),
    "person": ("vocabulary",),
    "lines": ("columns", "least"),
}
ALL_PARTICULARS = ("longest", "vocabulary", "options", "least", "columns", "below_zero")


def read_document(key: str, entry: TomlTable, names: KnownNames) -> DocumentKind:
    """One kind of document."""
    document = DocumentKind(
        key=key,
        label=entry.text("label"),
        content=entry.text("content"),
        iati_category=entry.text("iati"),
        sections=tuple(
            _section(section, names) for section in entry.tables("sections", optional=True)
        ),
        attach=entry.flag("attach"),
        written_by=tuple(read_writer(writer, names) for writer in entry.tables("written_by")),
        written_in=entry.many_of("written_in", names.states, phrase("state")),
        source=entry.many_of("source", names.sources, phrase("source")),
        serial=entry.flag("serial"),
        open_to=read_openness(entry, OF_TEXTS),
        footing=read_footing(entry) or Footing.MANAGED,
        checks=read_checks(entry, names),
        hears=entry.many_of("hears", tuple(names.rounds), phrase("round"), optional=True),
        discussed_by=read_openness(entry, OF_ANSWERS, "discussed_by"),
    )
    if document.discussed_by.wider_than(document.open_to):
        entry.note(
            "discussed_by",
            phrase("is wider than open_to: whoever talks about a text may read it"),
        )
    if not document.sections and not document.attach:
        entry.note("", phrase("can hold nothing: give it sections, or attach = true"))
    if document.iati_category and not IATI_CATEGORY.fullmatch(document.iati_category):
        entry.note("iati", phrase("is no IATI document category such as 'A02'"))
    note_repeated(entry, "sections", (section.key for section in document.sections))
    note_repeated(entry, "sections", (field.key for field in document.fields()))
    entry.done()
    return document


def read_openness(entry: TomlTable, otherwise: Openness, key: str = "open_to") -> Openness:
    """To whom a file opens something; `otherwise` where it does not say."""
    said = entry.one_of(key, DECLARED, phrase("audience"), optional=True)
    return Openness(said) if said else otherwise


def _section(entry: TomlTable, names: KnownNames) -> Section:
    section = Section(
        key=entry.name("key"),
        title=entry.text("title"),
        hint=entry.text("hint", optional=True),
        fields=read_fields(entry, "fields", names),
    )
    entry.done()
    return section


def read_fields(
    entry: TomlTable, key: str, names: KnownNames, *, optional: bool = False, nested: bool = False
) -> tuple[Field, ...]:
    """The fields listed under `key`; `nested` ones are columns and have none themselves."""
    below = entry.tables(key, optional=optional)
    fields = tuple(_field(field, names, nested=nested) for field in below)
    if optional or nested:
        note_repeated(entry, key, (field.key for field in fields))
    return fields


def _field(entry: TomlTable, names: KnownNames, *, nested: bool) -> Field:
    kinds = tuple(kind for kind in PARTICULARS if not (nested and kind == "lines"))
    kind = entry.one_of("kind", kinds, phrase("kind of field"))
    field = Field(
        key=entry.name("key"),
        label=entry.text("label"),
        kind=kind,
        hint=entry.text("hint", optional=True),
        required=entry.flag("required"),
        longest=entry.number("longest", least=1, most=100_000, default=4000),
        least=entry.number("least", least=1, most=1000, default=0),
        vocabulary=entry.text("vocabulary", optional=True),
        options=_options(entry),
        columns=() if nested else _columns(entry, kind, names),
        source=entry.many_of("source", names.sources, phrase("source"), optional=True),
        confidential=entry.flag("confidential"),
        repeats=_repeats(entry),
        below_zero=entry.flag("below_zero"),
    )
    if nested and field.confidential:
        entry.note("confidential", phrase("is said of a column; say it of the whole table"))
    if nested and field.repeats:
        entry.note("repeats", phrase("is said of a column; say it of the whole table"))
    if kind:
        _check_particulars(entry, field, names)
        check_read_by_name(entry, field)
    entry.done()
    return field


def _repeats(entry: TomlTable) -> ValuePlace | None:
    written = entry.text("repeats", optional=True)
    return ValuePlace.named(written) if written else None


def _columns(entry: TomlTable, kind: str, names: KnownNames) -> tuple[Field, ...]:
    return read_fields(entry, "columns", names, optional=kind != "lines", nested=True)


def _options(entry: TomlTable) -> tuple[tuple[str, str], ...]:
    pairs = []
    for at, pair in enumerate(entry.items("options", optional=True)):
        if _is_pair(pair):
            pairs.append((pair[0], pair[1]))
        else:
            entry.note(f"options[{at}]", phrase('is no choice; expected ["value", "label"]'))
    note_repeated(entry, "options", (value for value, _ in pairs))
    return tuple(pairs)


def _is_pair(pair: Any) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(part, str) and part.strip() for part in pair)
    )


def _check_particulars(entry: TomlTable, field: Field, names: KnownNames) -> None:
    for particular in ALL_PARTICULARS:
        if entry.has(particular) and particular not in PARTICULARS[field.kind]:
            entry.note(
                particular, phrase("does not belong to a field of kind '%(kind)s'", kind=field.kind)
            )
    if field.kind in ("choice", "choices") and entry.has("vocabulary") == entry.has("options"):
        entry.note("", phrase("must take its choices from exactly one of vocabulary and options"))
    if field.kind == "person" and not field.vocabulary:
        entry.note("vocabulary", phrase("is missing; a person is chosen from 'holders:<round>'"))
    if field.kind == "party" and not field.vocabulary:
        entry.note("vocabulary", phrase("is missing; a party is chosen from 'parties:<capacity>'"))
    offered = field.offers_above
    if offered is not None and field.kind in ("choice", "choices"):
        if not (offered.column and ABOVE.fullmatch(field.vocabulary)):
            problem = phrase(
                "names no column of a table of the case above, such as 'parent:facts:outputs.code'"
            )
            entry.note("vocabulary", problem)
    elif field.vocabulary and field.vocabulary not in _vocabularies(field.kind, names):
        entry.note(
            "vocabulary",
            phrase(
                "names '%(vocabulary)s', from which a %(kind)s cannot be chosen; expected one of: "
                "%(vocabularies)s",
                vocabulary=field.vocabulary,
                kind=field.kind,
                vocabularies=", ".join(_vocabularies(field.kind, names)),
            ),
        )


def _vocabularies(kind: str, names: KnownNames) -> tuple[str, ...]:
    """Where a field of this kind may take its choices from."""
    if kind == "party":
        return tuple(f"parties:{capacity}" for capacity in (*CAPACITIES, ANYBODY))
    if kind == "person":
        return tuple(f"{HOLDERS}{round_key}" for round_key in names.rounds)
    of_documents = ("sections", "fields", CLAUSES, "remarks", READINGS)
    named = (f"{word}:{document}" for word in of_documents for document in names.documents)
    return (*VOCABULARIES, *named)


def note_repeated(entry: TomlTable, key: str, words: Iterable[str]) -> None:
    """Note each word that stands twice where it must be told apart."""
    seen: set[str] = set()
    for word in words:
        if word in seen and word:
            entry.note(key, phrase("names '%(word)s' twice", word=word))
        seen.add(word)
