"""What the documents say of the repository is so: paths, links, numbers, and the picture."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture import picture
from tests.architecture.layout import ROOT
from tests.web.cli.given import commands
from web.cli import main

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
INDEX = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
SPOKEN = re.compile(r"`([^`\s]+)`")
TOPS = {"workflow", "web", "config", "tests", "docs", "migrations", "benchmarks", "requirements"}


def relative(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    inside = [link for link in LINK.findall(text) if "://" not in link]

    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", [ROOT / "CONTRIBUTING.md", ROOT / "docs/architecture.md"],
                         ids=relative)  # fmt: skip
def test_every_path_that_is_spoken_of_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    paths = {
        word for word in SPOKEN.findall(text) if "/" in word and word.split("/")[0] in TOPS
    } - {"workflow/x/y/z.py", "tests/workflow/x/y/test_z.py"}

    assert len(paths) > 5
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_no_document_speaks_of_a_path_that_is_gone() -> None:
    spoken = {
        (relative(document), word)
        for document in DOCUMENTS
        for word in SPOKEN.findall(document.read_text(encoding="utf-8"))
        if "/" in word and word.split("/")[0] in TOPS and "/x/y/" not in word
    }

    assert len(spoken) > 100
    assert sorted(each for each in spoken if not any(ROOT.glob(each[1].rstrip("/")))) == []


def test_the_documents_are_listed_by_name() -> None:
    listed = re.findall(r"^\| \[([^\]]+)\]", INDEX, flags=re.MULTILINE)

    assert len(listed) > 10
    assert listed == sorted(listed)


def test_the_first_test_of_a_newcomer_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```\n(.*?)```", text, flags=re.DOTALL)
    targets = re.findall(r"^make (\w+)$", commands, flags=re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert len(commands.splitlines()) == 5
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    assert all((ROOT / path).exists() for path in re.findall(r"tests/\S+", commands))


def test_every_room_is_told_of_where_a_newcomer_looks() -> None:
    told = README.partition("## Where things are")[2]
    rooms = [file.parent.name for file in (ROOT / "workflow").glob("*/__init__.py")]

    untold = [room for room in rooms if not re.search(rf"`(workflow/)?{room}/`", told)]

    assert len(rooms) > 20
    assert sorted(untold) == []


def test_every_command_is_told_of_in_the_readme() -> None:
    rows = [
        set(re.findall(r"[a-z][a-z-]*", row)) for row in README.splitlines() if "primemover" in row
    ]
    given = [words for words, _ in commands(main)]

    untold = [each for each in given if not any(row.issuperset(each) for row in rows)]

    assert len(given) > 60
    assert [" ".join(each) for each in untold] == []


def test_no_line_of_the_changes_is_left_over_from_another() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    begun = Counter(line[:60] for line in text.splitlines() if len(line) > 60)

    assert [line for line, times in begun.items() if times > 1] == []


def test_every_document_is_in_the_index() -> None:
    listed = set(LINK.findall(INDEX))
    there = {str(file.relative_to(ROOT / "docs")) for file in (ROOT / "docs").rglob("*.md")}

    assert there - {"README.md"} - listed == set()


def test_decisions_are_numbered_without_holes() -> None:
    numbers = [int(file.name[:4]) for file in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=relative)
def test_a_decision_is_called_the_same_in_the_index(decision: Path) -> None:
    first = decision.read_text(encoding="utf-8").splitlines()[0]
    number, title = re.fullmatch(r"# (\d+)\. (.+)", first).groups()  # type: ignore[union-attr]

    assert int(number) == int(decision.name[:4])
    assert f"{number}. [{title}](decisions/{decision.name})" in INDEX


def test_the_picture_shows_the_imports_of_today() -> None:
    kept = picture.PICTURE.read_text(encoding="utf-8")

    assert picture.drawn() == kept, "make picture draws it anew"
