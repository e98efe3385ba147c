"""The one file: it needs nothing, names nothing twice, and runs where Python is old."""

import ast
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from workflow.dossiers import zip_writer
from workflow.dossiers.verifier import parcel
from workflow.dossiers.verifier_bundle import FOLDER, PARTS, verifier

ALLOWED = set(sys.stdlib_module_names) | {"cryptography"}


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse(verifier())

    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - ALLOWED == set()
    assert imported & {"socket", "urllib", "http", "ssl", "subprocess", "pickle"} == set()


def test_its_parts_name_nothing_twice() -> None:
    tree = ast.parse(verifier())
    named = [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ] + [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]

    assert [name for name, count in Counter(named).items() if count > 1] == []


def test_every_part_is_in_it() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}

    assert files == set(PARTS)


def test_it_is_written_in_the_python_of_2020() -> None:
    ast.parse(verifier(), feature_version=(3, 9))


def test_it_is_the_same_every_time() -> None:
    first = verifier()
    verifier.cache_clear()

    assert verifier() == first


def test_the_packer_refuses_what_the_verifier_would() -> None:
    assert zip_writer.MOST_MEMBERS <= parcel.MOST_MEMBERS
    assert max(largest for _, largest in parcel.MEMBERS) >= zip_writer.LARGEST_MEMBER
    assert zip_writer.LARGEST_TOTAL <= parcel.LARGEST_TOTAL
    with zip_writer.Packer(BytesIO()) as packer:
        packer.members = zip_writer.MOST_MEMBERS
        with pytest.raises(zip_writer.TooLarge, match="too large to be handed out whole"):
            packer.put("checkpoint", b"")


def test_the_ten_thousandth_event_follows_the_one_before_it(tmp_path: Path) -> None:
    dossier = tmp_path / "long.zip"
    with dossier.open("wb") as file, zip_writer.Packer(file) as packer:
        for number in (10_000, 9_999, 10_001):
            packer.put(f"events/{number:04d}.json", b"{}")

    with parcel.Parcel(dossier) as opened:
        names = opened.names("events/")

    assert names == ["events/9999.json", "events/10000.json", "events/10001.json"]
