"""Files of lifecycles whose cases open others are checked together, or against what is published."""

from pathlib import Path
from typing import Any

from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.lifecycles import written
from tests.workflow.lifecycles.with_children import child, opening


def file(folder: Path, raw: dict[str, Any]) -> Path:
    made = written(folder, raw)
    return made.rename(folder / f"{raw['key']}.toml")


PARENT = child("parent", children=opening("report"))


def test_files_that_open_each_other_are_checked_together_without_an_installation(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    parent, report = file(tmp_path, PARENT), file(tmp_path, child("report"))

    nowhere = f"sqlite:///{tmp_path / 'no' / 'such.db'}"

    together = primemover("lifecycle", "check", parent, report, database_url=nowhere)

    assert together.exit_code == 0, together.output
    assert "parent.toml: sound." in together.stdout
    assert "1 kind of child case" in together.stdout
    assert "child" not in together.stderr


def test_a_ring_is_told_with_exit_status_1(primemover: PrimeMover, tmp_path: Path) -> None:
    ring = file(tmp_path, child("report", children=opening("parent")))

    said = primemover("lifecycle", "check", file(tmp_path, PARENT), ring)

    assert said.exit_code == 1
    assert "parent → report → parent" in said.stderr
    assert "report → parent → report" in said.stderr
    assert "2 of 2 files cannot be published." in said.stderr


def test_one_alone_is_held_against_what_is_published_where_that_can_be_asked(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    parent = file(tmp_path, PARENT)
    nowhere = f"sqlite:///{tmp_path / 'no' / 'such.db'}"

    asked = primemover("lifecycle", "check", parent)
    alone = primemover("lifecycle", "check", parent, database_url=nowhere)

    assert (asked.exit_code, alone.exit_code) == (1, 0), alone.output
    assert "names 'report', which is not known" in asked.stderr
    assert alone.stderr.startswith("parent.toml: not held against this installation.")


def test_a_child_is_published_before_its_parent(primemover: PrimeMover, tmp_path: Path) -> None:
    parent, report = file(tmp_path, PARENT), file(tmp_path, child("report"))
    primemover("migrate")

    early = primemover("lifecycle", "publish", parent)
    said = [
        primemover("lifecycle", "publish", report),
        primemover("lifecycle", "check", parent),
        primemover("lifecycle", "publish", parent),
    ]

    assert early.exit_code == 1
    assert "publish it first" in early.stderr
    assert [each.exit_code for each in said] == [0, 0, 0], [each.output for each in said]


def published(primemover: PrimeMover) -> set[str]:
    listed = primemover("lifecycle", "show", "report"), primemover("lifecycle", "show", "parent")
    lines = [line for each in listed for line in each.stdout.splitlines()]
    return {line.partition("@")[0] for line in lines if not line.startswith("  ")}


def test_files_given_together_are_published_those_that_are_opened_first(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    parent, report = file(tmp_path, PARENT), file(tmp_path, child("report"))
    grand = file(tmp_path, child("grand", children=opening("parent")))
    primemover("migrate")

    first = primemover("lifecycle", "publish", grand, parent, report)
    again = primemover("lifecycle", "publish", grand, parent, report)
    sound = primemover("verify")

    assert first.exit_code == 0, first.output
    assert first.stdout.splitlines() == [
        "Report, version 1, is published.",
        "Parent, version 1, is published.",
        "Grand, version 1, is published.",
    ]
    assert again.exit_code == 0, again.output
    assert again.stdout.count("was published already.") == 3
    assert sound.exit_code == 0, sound.output


def test_of_files_given_together_all_are_published_or_none(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    parent, report = file(tmp_path, PARENT), file(tmp_path, child("report"))
    alone = file(tmp_path, child("alone", children=opening("nowhere")))
    ring = file(tmp_path, child("ring", children=opening("ring")))
    broken = tmp_path / "broken.toml"
    broken.write_text("key = 3", encoding="utf-8")
    primemover("migrate")

    refused = [
        primemover("lifecycle", "publish", parent, report, alone, ring, broken),
        primemover("lifecycle", "publish", report, report),
        primemover("lifecycle", "publish", report, "--by", "nobody@example.org"),
    ]
    left = published(primemover)

    assert [each.exit_code for each in refused] == [1, 1, 1], [each.output for each in refused]
    for said in ("alone.toml: children.nowhere", "ring.toml: children.ring", "broken.toml"):
        assert said in refused[0].stderr
    assert "3 of 5 files cannot be published, so none was." in refused[0].stderr
    assert "report.toml and report.toml are both of the lifecycle “report”" in refused[1].stderr
    assert left == set()


def test_a_file_that_says_something_else_under_a_version_keeps_back_those_beside_it(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    report = file(tmp_path, child("report"))
    primemover("migrate")
    primemover("lifecycle", "publish", report)
    other = file(tmp_path, {**child("report"), "title": "Another report"})
    parent = file(tmp_path, PARENT)

    said = primemover("lifecycle", "publish", other, parent)

    assert said.exit_code == 1
    assert "give this one another version" in said.stderr
    assert published(primemover) == {"report"}
