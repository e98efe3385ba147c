"""Reading a child case for each row of a table: which table, which rows, and what they carry."""

from collections.abc import Iterator

from workflow.lifecycles.checks.check import CheckKind, Stops, ValuePlace
from workflow.lifecycles.children.kinds import ChildKind, ChildOpens, EachRow
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.loader.names import NAME, NOT_A_NAME, likely
from workflow.lifecycles.loader.relations.declared import read_only_where
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import Phrase, phrase

BESIDE = ("known_by", "rows", "titled_by", "carries")
# What a row can be known by, and how long that may be.
KEYS, LONGEST_KEY = ("number", "line", "choice"), 40


def read_each_row(entry: TomlTable) -> EachRow | None:
    """The rows that open a case each, where `for_each_row` names a table."""
    if not entry.has("for_each_row"):
        for word in BESIDE:
            if entry.has(word):
                entry.value(word)
                entry.note(word, phrase("belongs to what opens for each row: say for_each_row"))
        return None
    table = ValuePlace.named(entry.text("for_each_row"))
    if entry.has("for_each"):
        entry.note("for_each", phrase("or 'for_each_row' is expected here, and not both"))
    return EachRow(
        table=table,
        known_by=entry.name("known_by"),
        only=read_only_where(entry, "rows", "column"),
        carries=tuple(_carries(entry, table)),
        titled_by=entry.name("titled_by", optional=True),
    )


def read_spoken_for(entry: TomlTable) -> ValuePlace | None:
    """The column in which the proposer of a case stands, where `speaks` names one and no part."""
    written = entry.value("speaks")
    is_place = isinstance(written, str) and ":" in written
    return ValuePlace.named(written) if is_place else None


def _carries(entry: TomlTable, table: ValuePlace) -> Iterator[tuple[str, ValuePlace]]:
    if not entry.has("carries"):
        return
    below = entry.table("carries")
    for key in below:
        written = below.text(key)
        if not NAME.fullmatch(key):
            below.note(key, NOT_A_NAME)
        named = ValuePlace.named(written)
        yield key, named if named.document else ValuePlace(table.field, written, table.document)


def check_each_row(entry: TomlTable, definition: Definition, kind: ChildKind) -> None:
    """Note what of the rows that open cases of a kind is not there, or cannot be."""
    place = f"children.{kind.key}"
    if kind.each_row is None:
        if kind.spoken_for_in is not None:
            entry.note(f"{place}.speaks", phrase("names a column; say for_each_row as well"))
        return
    if kind.opens is ChildOpens.BY_SCHEDULE:
        problem = phrase("does not belong to what opens by schedule")
        entry.note(f"{place}.for_each_row", problem)
    for word, problem in _faults(definition, kind, kind.each_row):
        entry.note(f"{place}.{word}", problem)


def _faults(definition: Definition, kind: ChildKind, each: EachRow) -> Iterator[tuple[str, Phrase]]:
    table, problem = found_table(definition, each.table)
    if table is None:
        if problem is not None:
            yield "for_each_row", problem
        return
    yield from (("known_by", fault) for fault in _unknowable(definition, each, table))
    yield from (("rows", fault) for fault in _no_such_rows(each, table))
    if each.titled_by:
        yield from (("titled_by", fault) for fault in _untitled(each, table))
    for field, place in each.carries:
        yield from ((f"carries.{field}", fault) for fault in _not_carried(definition, each, place))
    if kind.spoken_for_in is not None:
        yield from (("speaks", fault) for fault in _speechless(kind.spoken_for_in, each, table))


def found_table(definition: Definition, place: ValuePlace) -> tuple[Field | None, Phrase | None]:
    """The table at a place, or why there is none."""
    kind = definition.documents.get(place.document)
    if kind is None:
        return None, phrase(
            "names '%(key)s', which is no document%(likely)s",
            key=place.document,
            likely=likely(place.document, sorted(definition.documents)),
        )
    fields = {field.key: field for field in kind.fields()}
    field = fields.get(place.field)
    if field is None or field.kind != "lines":
        tables = sorted(key for key, each in fields.items() if each.kind == "lines")
        return None, phrase(
            "names '%(key)s', which is no table of '%(document)s'%(likely)s",
            key=place.field,
            document=kind.key,
            likely=likely(place.field, tables),
        )
    return field, None


def column_of(table: Field, key: str) -> Field | None:
    """The column of a table with this key."""
    return next((each for each in table.columns if each.key == key), None)


def _no_column(table: Field, key: str) -> Phrase:
    return phrase(
        "names '%(column)s', which is no column of '%(field)s'%(likely)s",
        column=key,
        field=table.key,
        likely=likely(key, [each.key for each in table.columns]),
    )


def _unknowable(definition: Definition, each: EachRow, table: Field) -> Iterator[Phrase]:
    """A column by which rows cannot be told apart."""
    column = column_of(table, each.known_by)
    if column is None:
        if each.known_by:
            yield _no_column(table, each.known_by)
        return
    if column.kind not in KEYS or (column.kind == "line" and column.longest > LONGEST_KEY):
        yield phrase(
            "names '%(column)s', by which no row can be known; a number, a choice or a line of "
            "%(longest)s characters at most is expected",
            column=column.key,
            longest=LONGEST_KEY,
        )
    if not column.required:
        yield phrase("names '%(column)s'; say 'required = true' of it", column=column.key)
    if not _told_apart(definition.documents[each.table.document], each):
        yield phrase(
            "names '%(column)s', which may stand in two rows; say a check of kind 'once' or 'answers' "
            "of '%(place)s' that stops filing or signing",
            column=column.key,
            place=f"{each.table.field}.{column.key}",
        )


def _told_apart(kind: DocumentKind, each: EachRow) -> bool:
    key = ValuePlace(each.table.field, each.known_by)
    return any(
        check.kind in {CheckKind.ONCE, CheckKind.ANSWERS}
        and check.of == (key,)
        and check.stops is not Stops.NOTHING
        and check.when is None
        for check in kind.checks
    )


def _no_such_rows(each: EachRow, table: Field) -> Iterator[Phrase]:
    only = each.only
    column = column_of(table, only.place.column) if only else None
    if only is None:
        return
    if column is None:
        yield _no_column(table, only.place.column)
        return
    offered = [value for value, _ in column.options]
    for word in sorted(only.words - set(offered)) if offered else ():
        yield phrase(
            "asks for '%(word)s', which '%(place)s' does not offer%(likely)s",
            word=word,
            place=column.key,
            likely=likely(word, offered),
        )


def _untitled(each: EachRow, table: Field) -> Iterator[Phrase]:
    """A title is read by whoever may know of the case; it is one line."""
    column = column_of(table, each.titled_by)
    if column is None:
        yield _no_column(table, each.titled_by)
    elif column.kind != "line":
        yield phrase("names '%(column)s', which is no line of text", column=column.key)
    elif table.confidential:
        yield phrase("names '%(column)s' of a table that is confidential", column=column.key)


def _not_carried(definition: Definition, each: EachRow, place: ValuePlace) -> Iterator[Phrase]:
    table, problem = found_table(definition, place)
    if table is None:
        if problem is not None:
            yield problem
    elif column_of(table, place.column) is None:
        yield _no_column(table, place.column)
    elif column_of(table, each.known_by) is None:
        yield phrase(
            "names '%(place)s', a table whose rows are not known by '%(column)s'",
            place=str(place),
            column=each.known_by,
        )


def _speechless(place: ValuePlace, each: EachRow, table: Field) -> Iterator[Phrase]:
    """A place in which no party of the row stands."""
    column = column_of(table, place.column)
    if (place.document, place.field) != (each.table.document, each.table.field):
        yield phrase("names '%(place)s', which is no column of the row", place=str(place))
    elif column is None:
        yield _no_column(table, place.column)
    elif column.kind != "party":
        yield phrase(
            "names '%(place)s', a field of kind '%(kind)s'; a party is expected",
            place=str(place),
            kind=column.kind,
        )
