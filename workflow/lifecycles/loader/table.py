"""One table of a file, read key by key."""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from workflow.errors import Fault
from workflow.lifecycles.loader.names import NAME, NOT_A_NAME, SPOKEN, likely, spoken
from workflow.phrase import Phrase, phrase

# Of so many faults in one file what was probably meant is guessed; each guess looks at every known word.
GUESSED = 100
T = TypeVar("T", str, int, bool, list[Any], dict[str, Any])


class TomlTable:
    """A table with its place in the file; each fault found is noted and reading goes on.

    What is missing or of the wrong type reads as empty, so that one run finds every fault; a
    table that is not there is noted once and not for each thing it does not hold.
    """

    def __init__(self, raw: Any, file: str, path: str, faults: list[Fault]) -> None:
        self._file, self._path, self._faults = file, path, faults
        self._raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(raw, dict):
            problem = phrase("is missing") if raw is None else phrase("is %(raw)s", raw=spoken(raw))
            self.note("", phrase("%(problem)s; a table is expected", problem=problem))
            self._faults = []

    def place(self, key: str = "") -> str:
        """Where in the file `key` of this table stands."""
        path = ".".join(part for part in (self._path, key) if part)
        return f"{self._file}: {path}" if path else self._file

    def note(self, key: str, problem: Phrase) -> None:
        """Remember that something is wrong at `key`."""
        self._faults.append(Fault(self.place(key), problem))

    def has(self, key: str) -> bool:
        """Whether the table says anything under `key`."""
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        """The keys of the table, in the order of the file."""
        return iter(self._raw)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._raw:
            if key not in self._asked:
                self.note(
                    key,
                    phrase(
                        "is not known here%(likely)s", likely=self._likely(key, sorted(self._asked))
                    ),
                )

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text; empty only where it is optional."""
        value = self._take(key, str, optional=optional)
        if self.has(key) and isinstance(self._raw[key], str) and not value.strip() and not optional:
            self.note(key, phrase("is empty; a text is expected"))
        return value

    def name(self, key: str, *, optional: bool = False) -> str:
        """A text that may serve as a name."""
        value = self.text(key, optional=optional)
        if value and not NAME.fullmatch(value):
            self.note(key, NOT_A_NAME)
        return value

    def number(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        """A whole number between `least` and `most`."""
        value = self._take(key, int, optional=default is not None)
        if not self.has(key):
            return default or 0
        if type(self._raw[key]) is int and not least <= value <= most:
            self.note(
                key,
                phrase(
                    "is %(value)s; a whole number from %(least)s to %(most)s is expected",
                    value=value,
                    least=least,
                    most=most,
                ),
            )
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when the file does not say."""
        return self._take(key, bool, optional=True)

    def one_of(
        self, key: str, known: Collection[str], what: Phrase, *, optional: bool = False
    ) -> str:
        """A text among `known`, or nothing."""
        value = self.text(key, optional=optional)
        return value if value and self._is_known(key, value, known, what) else ""

    def many_of(
        self, key: str, known: Collection[str], what: Phrase, *, optional: bool = False
    ) -> tuple[str, ...]:
        """Texts among `known`, each once."""
        return tuple(
            value
            for value in self.texts(key, optional=optional)
            if self._is_known(f"{key}[{self._raw[key].index(value)}]", value, known, what)
        )

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts, each once, and at least one unless it is optional."""
        values = self.items(key, optional=optional)
        good: list[str] = []
        for at, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self.note(
                    f"{key}[{at}]", phrase("is %(value)s; a text is expected", value=spoken(value))
                )
            elif value in good:
                self.note(f"{key}[{at}]", phrase("names '%(value)s' a second time", value=value))
            else:
                good.append(value)
        return tuple(good)

    def items(self, key: str, *, optional: bool = False) -> tuple[Any, ...]:
        """A list of anything, with at least one item unless it is optional."""
        values: list[Any] = self._take(key, list, optional=optional)
        if self.has(key) and self._raw[key] == [] and not optional:
            self.note(key, phrase("is empty; at least one item is expected"))
        return tuple(values)

    def table(self, key: str) -> "TomlTable":
        """The table under `key`; an empty one when there is none."""
        return self._below(key, self.value(key))

    def tables(self, key: str, *, optional: bool = False) -> tuple["TomlTable", ...]:
        """The list of tables under `key`."""
        values = self.items(key, optional=optional)
        return tuple(self._below(f"{key}[{at}]", value) for at, value in enumerate(values))

    def named(self, key: str) -> Iterator[tuple[str, "TomlTable"]]:
        """The tables under `key` with their names, at least one, in the order of the file."""
        group = self.table(key)
        if self._raw.get(key) == {}:
            self.note(key, phrase("is empty; at least one entry is expected"))
        for name in group:
            if not NAME.fullmatch(name):
                group.note(name, NOT_A_NAME)
            yield name, group.table(name)

    def value(self, key: str) -> Any:
        """Whatever stands under `key`, unchecked."""
        self._asked.add(key)
        return self._raw.get(key)

    def _below(self, key: str, raw: Any) -> "TomlTable":
        path = ".".join(part for part in (self._path, key) if part)
        return TomlTable(raw, self._file, path, self._faults)

    def _take(self, key: str, kind: type[T], *, optional: bool = False) -> T:
        self._asked.add(key)
        if key not in self._raw:
            if not optional:
                self.note(key, phrase("is missing; %(spoken)s is expected", spoken=SPOKEN[kind]))
            return kind()
        value = self._raw[key]
        # A truth value is an int to Python but not to a reader.
        if type(value) is not kind:
            self.note(
                key,
                phrase(
                    "is %(value)s; %(spoken)s is expected", value=spoken(value), spoken=SPOKEN[kind]
                ),
            )
            return kind()
        return value

    def _likely(self, word: str, known: Collection[str]) -> Phrase | str:
        return likely(word, known) if len(self._faults) < GUESSED else ""

    def _is_known(self, place: str, value: str, known: Collection[str], what: Phrase) -> bool:
        if value not in known:
            self.note(
                place,
                phrase(
                    "names '%(value)s', which is no %(what)s%(likely)s",
                    value=value,
                    what=what,
                    likely=self._likely(value, known),
                ),
            )
        return value in known
