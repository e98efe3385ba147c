"""Which rows of a table open a child case, and what each of these begins with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.checks.known import Content, amount_of
from workflow.lifecycles.children.kinds import ChildKind, EachRow


@dataclass(frozen=True, slots=True)
class RowOfCase:
    """A row that a case is opened for: what it is known by, what it is called and for whom, and its values."""

    key: str
    title: str
    party: str
    carried: Mapping[str, Any]


def rows_of_cases(kind: ChildKind, documents: Mapping[str, Content]) -> tuple[RowOfCase, ...]:
    """The rows for which a kind opens a case each, in their order, as these documents have them.

    A row that says nothing in the column by which it is known opens none; of several known by the same
    the first counts. Numbers are the same however they are spelled: 3 and 03.
    """
    each = kind.each_row
    found: dict[str, RowOfCase] = {}
    for row in _counted(each, documents) if each else ():
        key = known_as(row.get(each.known_by)) if each else ""
        if each and key and key not in found:
            named = kind.spoken_for_in.column if kind.spoken_for_in else ""
            found[key] = RowOfCase(
                key=key,
                title=str(row.get(each.titled_by) or ""),
                party=str(row.get(named) or ""),
                carried=dict(_carried(each, row, key, documents)),
            )
    return tuple(found.values())


def known_as(value: Any) -> str:
    """What a row is known by, as it is kept and compared."""
    written = value.strip() if isinstance(value, str) else ""
    whole = written.removeprefix("-").isdecimal() and amount_of(written) is not None
    return str(int(written)) if whole else written


def _counted(each: EachRow, documents: Mapping[str, Content]) -> Iterator[Mapping[str, Any]]:
    only = each.only
    for row in _table(each.table, documents):
        if only is None or row.get(only.place.column) in only.words:
            yield row


def _table(place: ValuePlace, documents: Mapping[str, Content]) -> Sequence[Mapping[str, Any]]:
    rows = documents.get(place.document, {}).get(place.field)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _carried(
    each: EachRow, row: Mapping[str, Any], key: str, documents: Mapping[str, Content]
) -> Iterator[tuple[str, Any]]:
    """The values that a row carries, by the field in which they will stand; what is empty is left out."""
    for field, place in each.carries:
        beside = row if _is_own(each, place) else _joined(each, place, key, documents)
        value = beside.get(place.column)
        if value not in (None, "", [], False):
            yield field, value


def _is_own(each: EachRow, place: ValuePlace) -> bool:
    return (place.document, place.field) == (each.table.document, each.table.field)


def _joined(
    each: EachRow, place: ValuePlace, key: str, documents: Mapping[str, Content]
) -> Mapping[str, Any]:
    """The row of another table that is known by the same."""
    rows = _table(place, documents)
    return next((row for row in rows if known_as(row.get(each.known_by)) == key), {})
