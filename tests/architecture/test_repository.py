"""What the repository holds, and what it may never hold."""

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements/run.txt", "requirements/dev.txt")
SMALL_LOCKS = ("requirements/install.txt", "requirements/mining.txt", "requirements/peers.txt")
LONGEST_MODULE = 400
LONGEST_LINE = 1000

# In pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(
        rf"{name}\.{end}"
        for name, end in (
            ("pyp" + "i", "(org|io|python)"),
            ("python" + "hosted", "org"),
            ("npm" + "js", "(org|com)"),
            ("yarn" + "pkg", "com"),
            ("deb" + r"\.debian", "org"),
            ("security" + r"\.debian", "org"),
            ("registry" + r"\.npm" + "mirror", "com"),
        )
    ),
    re.IGNORECASE,
)
MACHINES = re.compile(r"(?<![\w.])/(roo[t]|hom[e]/\w+|User[s]/\w+|wor[k])/")


def tracked(*suffixes: str) -> list[Path]:
    """The files of the repository, those not yet committed among them."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = sorted(set(listing.split("\0")) - {""})
    files = [ROOT / name for name in names if name.endswith(suffixes or "")]
    return [file for file in files if file.is_file()]


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    for file in tracked():
        text = file.read_bytes().decode("utf-8", errors="ignore")
        if not pattern.search(text):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                yield f"{file.relative_to(ROOT)}:{number}"


def blocks(lock: str) -> dict[str, str]:
    """Each pin of `lock` with what follows it until the next one."""
    text = (ROOT / lock).read_text()
    found = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {block.split(" ")[0]: block for block in found if not block.startswith("#") and block}


def test_no_file_names_a_package_registry() -> None:
    assert list(lines_with(REGISTRIES)) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert list(lines_with(MACHINES)) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRIES, "https://files.python" + "hosted.org/packages"),
        (REGISTRIES, "registry.npm" + "js.org"),
        (MACHINES, "open('/hom" + "e/ada/file')"),
        (MACHINES, "cd /roo" + "t/project"),
    ],
)
def test_the_search_finds_what_it_looks_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize("lock", [*LOCKS, *SMALL_LOCKS])
def test_every_pin_is_exact_and_has_hashes(lock: str) -> None:
    pins = blocks(lock)

    assert pins
    assert [pin for pin in pins if "==" not in pin] == []
    assert [pin for pin, block in pins.items() if "--hash=sha256:" not in block] == []


def test_both_locks_pin_the_same_versions() -> None:
    run, dev = (set(blocks(lock)) for lock in LOCKS)

    assert run - dev == set()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[<>=]", wish)[0] for group in groups for wish in group}

    pinned = {pin.split("==")[0] for pin in blocks("requirements/dev.txt")}

    assert names - {re.sub(r"\[.*", "", pin) for pin in pinned} == set()


def test_the_pages_assets_are_locked_without_saying_where_from() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}

    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [name for name, package in fetched.items() if "integrity" not in package] == []


def test_no_module_is_too_long_to_read() -> None:
    modules = [
        file
        for file in tracked(".py")
        if file.relative_to(ROOT).parts[0] in {"workflow", "web", "config"}
    ]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in modules}

    assert {name: count for name, count in lengths.items() if count > LONGEST_MODULE} == {}


def test_no_asset_of_others_is_kept_here() -> None:
    fonts = tracked(".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css", ".map")
    packed = [
        file
        for file in tracked(".js", ".css")
        if any(len(line) > LONGEST_LINE for line in file.read_text().splitlines())
    ]

    assert [str(file.relative_to(ROOT)) for file in fonts + packed] == []
