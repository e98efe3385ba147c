"""The page on files of lifecycles names every key that the loader asks for, and its example can be published."""

import re
import tomllib
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path

import pytest

from tests.workflow.lifecycles.with_children import with_children
from workflow.lifecycles.checks.check import CheckKind, Stops
from workflow.lifecycles.children.kinds import ChildOpens, Frequency
from workflow.lifecycles.children.waits import HowMany
from workflow.lifecycles.definition import Opens
from workflow.lifecycles.loader.documents import PARTICULARS
from workflow.lifecycles.loader.files import from_text, with_calendars
from workflow.lifecycles.loader.lifecycle import read_lifecycle
from workflow.lifecycles.loader.names import BODIES, CAPACITIES, GROUPS, QUESTIONS
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.openness import DECLARED, Reads
from workflow.lifecycles.quantities import Among
from workflow.lifecycles.rule import COMPUTED, Recused, RuleKind, Stance
from workflow.lifecycles.seat import Part
from workflow.lifecycles.terms import Undelivered
from workflow.vocabulary import Footing, Stage

PAGE = Path("docs/lifecycle-files.md").read_text(encoding="utf-8")
SHIPPED = sorted(Path("config/lifecycles").glob("*.toml"))
WORDS: tuple[EnumType, ...] = (
    RuleKind, CheckKind, Stops, ChildOpens, Frequency, HowMany, Opens, Reads, Recused, Stance, Part,
    Among, Undelivered, Footing, Stage,
)  # fmt: skip
# Of a table with these names what is below is somebody's own.
NAMED = re.compile(r"^(roles|states|documents|rules|rounds|children|sources)\.\w+")
OWN = {"weights", "each", "holidays", "sources", "outcomes", "carries"}


def section(part: str) -> str:
    """What the page says under a heading, or all of it."""
    found = re.search(rf"^## {part}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, part
    return found[1]


def quoted(text: str) -> set[str]:
    """Everything that stands in backticks, word by word as well."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {*spans, *(word for span in spans for word in re.findall(r"\w+", span))}


SECTIONS = {
    "roles": "Roles", "states": "States", "documents": "Documents", "rules": "Rules",
    "rounds": "Rounds", "children": "Child cases",
}  # fmt: skip
RELATION = quoted(section("Checks and conditions"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """The part of the file and the key, for each that is asked for as the shipped files are read."""
    found: set[tuple[str, str]] = set()

    def done(self: TomlTable) -> None:
        part, *inside = self.place().partition(": ")[2].split(".")
        if not (inside and inside[-1] in OWN):
            found.update((part if inside else "", key) for key in self._asked)

    monkeypatch.setattr(TomlTable, "done", done)
    for raw in (*(tomllib.loads(each.read_text("utf-8")) for each in SHIPPED), with_children()):
        read_lifecycle(with_calendars(raw), "file")
    return found


def test_every_key_that_a_file_may_hold_is_on_the_page(asked: set[tuple[str, str]]) -> None:
    told = {part: quoted(section(title)) | RELATION for part, title in SECTIONS.items()}
    # Fields are said with documents, and the waiting of rounds with child cases.
    told["rounds"] |= told["documents"] | told["children"]
    head = quoted(section("The head"))

    assert len(asked) > 150
    missing = {(part, key) for part, key in asked if key not in told.get(part, head)}
    assert sorted(missing) == []


def words() -> Iterator[str]:
    """Every word that some key may hold."""
    for each in WORDS:
        yield from (member.value for member in each)  # type: ignore[attr-defined]
    yield from (*PARTICULARS, *CAPACITIES, *GROUPS, *QUESTIONS, *map(str, DECLARED))
    yield from (each for each in BODIES if "steering:" not in each)
    for outcomes in COMPUTED.values():
        yield from outcomes


def test_every_word_that_a_key_may_hold_is_on_the_page() -> None:
    told = quoted(PAGE)

    assert sorted({word for word in words() if word not in told}) == []


def test_the_smallest_lifecycle_of_the_page_can_be_published() -> None:
    smallest, *below = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

    made = from_text(smallest, "note.toml")
    tables = [tomllib.loads(each) for each in below]
    kinds = [kind for each in tables for kind in each.get("children", {}).values()]
    (lines,) = (each["checklist"] for each in tables if "checklist" in each)

    assert (made.key, list(made.states)) == ("note", ["draft", "kept"])
    assert len(kinds) == 2
    assert {key for line in lines for key in line} <= quoted(section("Child cases"))
    for kind in kinds:
        assert kind.keys() <= quoted(section("Child cases"))
