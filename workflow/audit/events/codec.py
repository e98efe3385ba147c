"""Payloads to and from the plain values that canonical bytes hold, by their declarations alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from workflow.audit.events.payload import Committed, Only, Opaque, Payload, Sealed, Spelt
from workflow.audit.events.shapes import Shape, same, shape_of

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class KeyField:
    """A field that stands in the bytes under `key`: always, or else `only` in some events.

    Where it need not stand, it is left out for its default; `as_is` says that nothing is made of it.
    """

    name: str
    key: str
    shape: Shape
    default: Any
    only: str
    always: bool
    as_is: bool


@dataclass(frozen=True, slots=True)
class TextField:
    """A field that the bytes hold a commitment to; `tells` says what somebody reads in it."""

    name: str
    tells: str
    always: bool


class Compiled(NamedTuple):
    """The fields of a class; `values` picks out of one of it what it says in those that have keys."""

    keys: tuple[KeyField, ...]
    texts: tuple[TextField, ...]
    values: Callable[[Any], Sequence[Any]]


_COMPILED: dict[type[Any], Compiled] = {}


def spoken(part: Any) -> Iterator[tuple[str, Any]]:
    """Each key that a payload, or a part of one, says something under, and what it says."""
    keys, _, values = _compiled(type(part))
    for each, value in zip(keys, values(part), strict=True):
        if each.always or value != each.default:
            yield each.key, value


def written(part: Any) -> dict[str, Any]:
    """A payload, or a part of one, in plain values."""
    keys, _, values = _compiled(type(part))
    return {
        each.key: value if each.as_is else each.shape.encode(value)
        for each, value in zip(keys, values(part), strict=True)
        if each.always or value != each.default
    }


def texts(payload: Payload) -> dict[str, str]:
    """The private texts of a payload that is being written, by the names of their commitments."""
    found = {}
    for each in texts_of(type(payload)):
        text = getattr(payload, each.name)
        if isinstance(text, str) and (text or each.always):
            found[each.name] = text
    return found


def read(kind: type[Payload], what: Mapping[str, Any], commitments: Mapping[str, str]) -> Payload:
    """What plain values say; raises wherever they do not say what this kind has to say."""
    sealed = {
        each.name: Sealed(each.name, commitments[each.name]) if each.name in commitments else None
        for each in texts_of(kind)
    }
    return kind(**_values(kind, what), **sealed)


def keys_of(kind: type[Any]) -> tuple[KeyField, ...]:
    """The fields of a payload, or of a part of one, that stand in the bytes."""
    return _compiled(kind).keys


def texts_of(kind: type[Payload]) -> tuple[TextField, ...]:
    """The fields of a payload that it only commits to."""
    return _compiled(kind).texts


def _compiled(kind: type[Any]) -> Compiled:
    """The fields of a class as their annotations declare them, read once."""
    if kind not in _COMPILED:
        hints = get_type_hints(kind, include_extras=True)
        listed = [
            (each, hints[each.name], _mark(hints[each.name], Committed)) for each in fields(kind)
        ]
        keys = [
            _key_field(each.name, hint, each.default) for each, hint, mark in listed if not mark
        ]
        texts = [TextField(each.name, mark.tells, mark.always) for each, _, mark in listed if mark]
        _COMPILED[kind] = Compiled(tuple(keys), tuple(texts), _picked([each.name for each in keys]))
    return _COMPILED[kind]


def _picked(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """What takes the values of these fields, in their order."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda part: [getattr(part, name) for name in names]


def _values(kind: type[Any], what: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for each in keys_of(kind):
        if each.key in what:
            found[each.name] = each.shape.decode(what[each.key])
        elif each.always:
            raise LookupError(f"it has no {each.key}")
    return found


def _key_field(name: str, hint: Any, default: Any) -> KeyField:
    key, only = _mark(hint, Spelt), _mark(hint, Only)
    if (default is MISSING) != (only is None):
        raise TypeError(f"{name}: what has a default says in which events it stands.")
    shape = shape_of(_unmarked(hint), _part)
    spelt, when = key.name if key else name, only.when if only else ""
    as_is = shape.encode is same
    return KeyField(name, spelt, shape, default, when, always=only is None, as_is=as_is)


def _part(kind: type[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """How an object inside a payload is read and written."""
    return (lambda value: kind(**_values(kind, value))), written


def _mark(hint: Any, kind: type[Mark]) -> Mark | None:
    """The mark of this kind on an annotation, if it carries one."""
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, kind)), None)


def _unmarked(hint: Any) -> Any:
    """An annotation without the marks of its field; that it is a person stays."""
    if get_origin(hint) is not Annotated:
        return hint
    bare, *marks = get_args(hint)
    return Annotated[bare, Opaque()] if Opaque() in marks else bare
