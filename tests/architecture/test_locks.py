"""Each lock is a whole closure: installing its pins and nothing else leaves no wish open."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^(\S+==[^\s;]+(?: ;[^\\]+)?)", re.MULTILINE)
EXTRAS = {"run": ("assets",), "dev": ("assets", "test", "dev")}


def pins(lock: str) -> dict[str, str]:
    """Name and version of what `lock` installs here."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    found = [Requirement(line) for line in PIN.findall(text)]
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in found
        if pin.marker is None or pin.marker.evaluate()
    }


def wishes(lock: str) -> list[Requirement]:
    """What the project itself asks for, with what builds it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = (project["optional-dependencies"][extra] for extra in EXTRAS[lock])
    build = (ROOT / "requirements" / "build.in").read_text().splitlines()
    return [
        Requirement(text) for group in (project["dependencies"], *extras, build) for text in group
    ]


def following(first: Iterable[Requirement]) -> Iterator[Requirement]:
    """The first wishes and all that follow from them, as the installed packages state it."""
    stack, seen = list(first), set[tuple[str, str]]()
    while stack:
        wish = stack.pop()
        yield wish
        for extra in {"", *wish.extras}:
            if (key := (canonicalize_name(wish.name), extra)) not in seen:
                seen.add(key)
                stack.extend(asked_by(wish.name, extra))


def asked_by(name: str, extra: str) -> Iterator[Requirement]:
    """What an installed package asks for here, by itself or for one of its extras."""
    for wish in map(Requirement, requires(name) or ()):
        if wish.marker is None or wish.marker.evaluate({"extra": extra}):
            yield wish


def unmet(lock: str, pinned: Mapping[str, str]) -> list[str]:
    """The wishes that no pin meets."""
    return [
        str(wish)
        for wish in following(wishes(lock))
        if (pin := pinned.get(canonicalize_name(wish.name))) is None
        or not wish.specifier.contains(pin, prereleases=True)
    ]


def test_the_pins_for_development_are_what_is_installed() -> None:
    pinned = pins("dev")

    assert {name: version(name) for name in pinned} == pinned


@pytest.mark.parametrize("lock", EXTRAS)
def test_every_wish_of_every_pin_is_pinned(lock: str) -> None:
    assert unmet(lock, pins(lock)) == []


@pytest.mark.parametrize("lock", EXTRAS)
def test_nothing_is_pinned_that_nobody_asks_for(lock: str) -> None:
    asked = {canonicalize_name(wish.name) for wish in following(wishes(lock))}

    assert set(pins(lock)) - asked == set()


def test_a_missing_pin_and_one_of_another_version_are_found() -> None:
    pinned = pins("dev")
    missing = {name: pin for name, pin in pinned.items() if name != "werkzeug"}

    assert any("werkzeug" in wish for wish in unmet("dev", missing))
    assert any("coverage[toml]" in wish for wish in unmet("dev", pinned | {"coverage": "1"}))
