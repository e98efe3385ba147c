"""What a setting may be: how its value is read from a text, and what it must be in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

YES, NO = {"true", "t", "yes", "y", "on", "1"}, {"false", "f", "no", "n", "off", "0"}
PREFIX = "PRIMEMOVER_"
Value = TypeVar("Value")
# What stands already, by which a later default may go.
Above = Mapping[str, Any]


class WrongSetting(Exception):
    """A setting cannot be used; the sentence names the variable and what it must be."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: its default, what completes "must be …", and how a value is read.

    The default may hang on the settings above it. Reading raises a ValueError for what is wrong.
    """

    default: Any
    must_be: str
    read: Callable[[Any], Any]

    def value(self, given: Mapping[str, Any], name: str, above: Above) -> Any:
        """The value under `name`, or else the default."""
        if name in given:
            return self.read(given[name])
        return self.read(self.default(above) if callable(self.default) else self.default)


def values(fields: Iterable[Field[Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each setting; all that are wrong are told, one sentence a line, values unsaid."""
    found, wrong = dict[str, Any](), list[str]()
    for each in fields:
        choice: Choice = each.metadata["choice"]
        if wrong and each.name not in given and callable(choice.default):
            # A default that hangs on a wrong value is not a second fault.
            continue
        try:
            found[each.name] = choice.value(given, each.name, found)
        except ValueError:
            wrong.append(f"{PREFIX}{each.name.upper()} must be {choice.must_be}.")
    if wrong:
        raise WrongSetting("\n".join(wrong))
    return found


def whole(default: int, least: int, most: int) -> int:
    """A whole number between two others."""

    def read(given: Any) -> int:
        if isinstance(given, str) and not given.strip().isascii():
            raise ValueError("not the digits of a machine")
        number = int(given)
        if not least <= number <= most:
            raise ValueError("out of bounds")
        return number

    return _setting(default, f"a whole number from {least} to {most}", read)


def yes_or_no(default: bool | Callable[[Above], bool]) -> bool:  # noqa: FBT001
    """True or false, in the words that people use for them."""

    def read(given: Any) -> bool:
        said = str(given).strip().lower()
        if said not in YES | NO:
            raise ValueError("neither yes nor no")
        return said in YES

    return _setting(default, "true or false", read)


def text(
    default: str | Callable[[Above], str],
    must_be: str,
    check: Callable[[str], str] = str,
    *,
    shown: bool = True,
) -> str:
    """A text that `check` gives back as it is kept; what is secret is not shown in print."""

    def read(given: Any) -> str:
        if not isinstance(given, str):
            raise ValueError("not a text")  # noqa: TRY004  # one exception for every wrong value
        return check(given)

    return _setting(default, must_be, read, shown=shown)


def listed(
    must_be: str,
    check: Callable[[str], str] = str,
    default: tuple[str, ...] | Callable[[Above], tuple[str, ...]] = (),
) -> tuple[str, ...]:
    """Texts separated by commas, each as `check` gives it back."""

    def read(given: Any) -> tuple[str, ...]:
        parts = given.split(",") if isinstance(given, str) else given
        return tuple(check(" ".join(each.split())) for each in parts if each.strip())

    return _setting(default, must_be, read)


def folder(default: Path | Callable[[Above], Path], must_be: str) -> Path:
    """A folder, independent of a later change of the working directory."""

    def read(given: Any) -> Path:
        try:
            return Path(given).expanduser().resolve()
        except RuntimeError as nobody:
            raise ValueError("in the home of nobody") from nobody

    return _setting(default, must_be, read)


def _setting(
    default: Any, must_be: str, read: Callable[[Any], Value], *, shown: bool = True
) -> Value:
    made: Value = field(repr=shown, metadata={"choice": Choice(default, must_be, read)})
    return made
