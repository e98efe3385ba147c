"""How values of each kind stand in the bytes of an event; what stands otherwise is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from workflow.audit.events.payload import Opaque, opaque, person_of
from workflow.clock import read, written

LONG_INSTANT = len("2026-03-02T09:30:15.250Z")
Parts = Callable[[type[Any]], tuple[Callable[[Any], Any], Callable[[Any], Any]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of value; `words` is what a reader calls it."""

    words: str
    decode: Callable[[Any], Any]
    encode: Callable[[Any], Any]


def shape_of(hint: Any, parts: Parts) -> Shape:
    """The shape of an annotated type; `parts` says how objects inside a payload are read."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    inner = get_args(hint)
    if get_origin(hint) is Annotated and Opaque() in inner[1:]:
        return Shape("person", person_of, opaque)
    if is_dataclass(hint) and isinstance(hint, type):
        return Shape((hint.__doc__ or "").partition(":")[0].lower(), *parts(hint))
    if get_origin(hint) is tuple:
        return _several(shape_of(inner[0], parts))
    if get_origin(hint) in {Union, UnionType} and NoneType in inner:
        return _perhaps(shape_of(next(each for each in inner if each is not NoneType), parts))
    raise TypeError(f"{hint} is nothing that an event can hold.")


def _exactly(kind: type[Any]) -> Callable[[Any], Any]:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r:.40} is no {kind.__name__}")
        return value

    return decode


def same(value: Any) -> Any:
    """The value, which stands in the bytes as it is."""
    return value


def _instant(value: str) -> datetime:
    if len(value) != LONG_INSTANT or value[-1] != "Z":
        raise ValueError(f"{value!r:.40} is no instant as the trail writes it")
    return read(value)


def _day(value: str) -> date:
    found = date.fromisoformat(value)
    if found.isoformat() != value:
        raise ValueError(f"{value!r:.40} is no day as the trail writes it")
    return found


def _several(each: Shape) -> Shape:
    def decode(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise TypeError(f"{value!r:.40} is no list")
        return tuple(map(each.decode, value))

    return Shape(f"list of {each.words}", decode, lambda value: list(map(each.encode, value)))


def _perhaps(each: Shape) -> Shape:
    def decode(value: Any) -> Any:
        return None if value is None else each.decode(value)

    def encode(value: Any) -> Any:
        return None if value is None else each.encode(value)

    return Shape(f"{each.words}, or null", decode, same if each.encode is same else encode)


_PLAIN: Mapping[Any, Shape] = {
    str: Shape("text", _exactly(str), same),
    int: Shape("number", _exactly(int), same),
    bool: Shape("yes or no", _exactly(bool), same),
    datetime: Shape("instant", _instant, written),
    date: Shape("day", _day, date.isoformat),
}
