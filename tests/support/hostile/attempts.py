"""Every rule of the application, with each place of it filled by each hostile value."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from tests.support.hostile.values import written

FORM = "application/x-www-form-urlencoded"
SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request: where to, how, and what with."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        address = f"{self.path}?{self.query}" if self.query else self.path
        return f"{self.method} {address[:300]} {self.headers or ''} {self.body[-300:]!r}"


class Asked(ImmutableMultiDict[str, Any]):
    """What came with a request; it remembers by which names it was asked for anything."""

    names: set[str] = set()  # noqa: RUF012  # one for all of them, on purpose

    def get(self, key: str, *args: Any, **options: Any) -> Any:
        """What stands under this name."""
        self.names.add(key)
        return super().get(key, *args, **options)

    def getlist(self, key: str, *args: Any, **options: Any) -> Any:
        """Everything that stands under this name."""
        self.names.add(key)
        return super().getlist(key, *args, **options)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


def remember_names(app: Flask) -> None:
    """Have the application's requests remember by which names the views ask."""
    app.request_class = type(
        "Remembering", (app.request_class,), {"parameter_storage_class": Asked}
    )


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with every method that a view answers."""
    return [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule)
        for method in sorted(rule.methods or ())
        if method in {*SAFE, "POST"}
    ]


def filled(rule: Rule, known: Mapping[str, str]) -> str:
    """The address of a rule with a good value in every place."""
    path = rule.rule
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        path = path.replace(f"<int:{name}>", known.get(name, "1")).replace(
            f"<{name}>", known.get(name, "x")
        )
        assert "<" not in path or kind, path
    return path


def on_paths(rule: Rule, method: str, known: Mapping[str, str], body: bytes) -> Iterator[Attempt]:
    """Each place of the address filled by each hostile value, the others by good ones."""
    for name in rule.arguments:
        for value in written():
            path = filled(rule, {**known, name: value or "%20"})
            yield Attempt(method, path, body=body, kind=FORM if body else "")


def on_queries(path: str, method: str, names: Iterable[str], body: bytes) -> Iterator[Attempt]:
    """Each name of the query given each hostile value, and hostile names."""
    kind = FORM if body else ""
    for name in names:
        for value in written():
            yield Attempt(method, path, f"{quote(name)}={value}", body, kind)
    for value in written():
        yield Attempt(method, path, f"{value}=x", body, kind)


def on_forms(path: str, names: Iterable[str], fields: Mapping[str, str]) -> Iterator[Attempt]:
    """Each field given each hostile value, and hostile fields beside good ones."""
    for name in names:
        others = urlencode({key: value for key, value in fields.items() if key != name})
        for value in written():
            body = f"{others}&{quote(name)}={value}".encode()
            yield Attempt("POST", path, body=body, kind=FORM)
    good = urlencode(fields)
    for value in written():
        yield Attempt("POST", path, body=f"{good}&{value}=x".encode(), kind=FORM)


def sample(attempts: Iterable[Attempt], count: int, seed: int) -> list[Attempt]:
    """So many of the attempts, the same ones for the same seed."""
    every = list(attempts)
    return random.Random(seed).sample(every, min(count, len(every)))
