"""The register of lifecycles at a terminal: published, offered again and retired, on an installation of one's own."""

from datetime import date
from pathlib import Path

from tests.web.cli.administration.test_accounts import BY, NALEDI, house, refused
from tests.web.cli.conftest import PUBLISHED, PrimeMover
from tests.web.conftest import PASSWORD
from tests.workflow.engine.lifecycles import edited, put, written
from tests.workflow.lifecycles.with_children import child, opening

__all__ = ["house"]

KEY, PIETER = "programme-standard", "pieter@example.org"
LATER = f"{date.today().year + 5}-01-01"  # noqa: DTZ011 # commands go by the real clock


def next_version(tmp_path: Path, version: str = "6") -> Path:
    return written(tmp_path, edited(put("version", version)))


def test_it_is_published_shown_and_offered_again_before_there_are_people(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    primemover("migrate")
    said = [
        primemover("lifecycle", "publish", *PUBLISHED),
        primemover("lifecycle", "publish", *PUBLISHED),
        primemover("lifecycle", "publish", next_version(tmp_path), "--from", LATER),
        primemover("lifecycle", "publish", next_version(tmp_path, "7")),
        primemover("lifecycle", "offer", f"{KEY}@5"),
        primemover("lifecycle", "show", KEY),
        primemover("lifecycle", "retire", f"{KEY}@7"),
        primemover("lifecycle", "list"),
        primemover("verify"),
    ]

    assert [each.exit_code for each in said] == [0] * 9, [each.output for each in said]
    assert "is published." in said[0].stdout
    assert f"is published. It is offered from {LATER} on." in said[2].stdout
    assert "was published already." in said[1].stdout
    lines = said[5].stdout.splitlines()
    versions = [line for line in lines if not line.startswith("  ")]
    assert [line.partition(": ")[2].partition(",")[0] for line in versions] == [
        "followed by another one", "offered from a later day on", "offered",
    ]  # fmt: skip
    assert "Version 7 is offered then in its place" in lines[3]
    assert "Version 5 was offered again by the command line" in lines[4]


def test_two_administrators_publish_together(house: PrimeMover, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    house(
        *("user", "add", PIETER, "--name", "Pieter", "--administrator"),
        *("--password-file", tmp_path / "password"),
    )
    file = next_version(tmp_path)

    asked = house("lifecycle", "publish", file, *BY, "--why", "Asked by the Board.")
    second = house("lifecycle", "retire", KEY, "--by", PIETER, "--why", "No more.")
    own = house("lifecycle", "confirm", "1", *BY)
    done = house("lifecycle", "confirm", "1", "--by", PIETER)
    retired = house("lifecycle", "retire", KEY, *BY, "--why", "No more.")
    declined = house("lifecycle", "decline", "2", "--by", PIETER, "--reason", "Not yet.")
    shown = house("lifecycle", "show", KEY)

    assert "as number 1: primemover lifecycle confirm 1 --by ADDRESS" in asked.stdout, asked.output
    assert refused(second, "waits for a second administrator already")
    assert refused(own, "Who asked for this cannot confirm")
    assert (done.stdout, done.exit_code) == ("Confirmed: it is done.\n", 0)
    assert (retired.exit_code, declined.exit_code) == (0, 0), declined.output
    assert "Version 6 was published by Pieter" in shown.stdout
    assert "Asked by the Board." in shown.stdout
    assert house("verify").exit_code == 0


def test_two_administrators_publish_a_parent_with_its_child_one_after_the_other(
    house: PrimeMover, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    house(
        *("user", "add", PIETER, "--name", "Pieter", "--administrator"),
        *("--password-file", tmp_path / "password"),
    )
    files = [
        written(tmp_path, raw).rename(tmp_path / f"{raw['key']}.toml")
        for raw in (child("parent", children=opening("report")), child("report"))
    ]

    unsaid = house("lifecycle", "publish", *files, *BY)
    asked = house("lifecycle", "publish", *files, *BY, "--why", "Asked by the Board.")
    early = house("lifecycle", "confirm", "2", "--by", PIETER)
    done = [house("lifecycle", "confirm", number, "--by", PIETER) for number in ("1", "2")]

    assert refused(unsaid, "None of them was published.")
    assert asked.exit_code == 0, asked.output
    assert [line.partition(" --by")[0][-1] for line in asked.stdout.splitlines()] == ["1", "2"]
    assert refused(early, "publish it first")
    assert [each.exit_code for each in done] == [0, 0], [each.output for each in done]
    assert "offered" in house("lifecycle", "show", "parent").stdout
    assert house("verify").exit_code == 0


def test_what_is_published_comes_out_as_a_file_that_is_the_same(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", *PUBLISHED)
    out = tmp_path / "out.toml"

    written_out = primemover("lifecycle", "export", KEY, "--output", out)
    again = primemover("lifecycle", "publish", out)

    assert (written_out.exit_code, again.exit_code) == (0, 0), again.output
    assert "was published already." in again.stdout


def test_what_is_not_there_is_said_in_a_sentence(primemover: PrimeMover) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", *PUBLISHED)

    said = [
        (primemover("lifecycle", "show", "weather"), "No lifecycle called weather is published."),
        (primemover("lifecycle", "offer", KEY), "Say which version is offered"),
        (primemover("lifecycle", "offer", f"{KEY}@9"), "has no version '9'"),
        (primemover("lifecycle", "offer", f"{KEY}@5"), "This version is offered already."),
        (primemover("lifecycle", "retire", "weather"), "No lifecycle called weather is published."),
        (primemover("lifecycle", "retire", KEY, "--by", NALEDI), NALEDI),
    ]

    for answer, sentence in said:
        assert answer.exit_code == 1
        assert sentence in answer.stderr, answer.output


def test_a_key_alone_names_what_is_offered_or_else_the_newest(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("lifecycle", "publish", next_version(tmp_path))
    newest = primemover("lifecycle", "export", KEY)
    primemover("lifecycle", "offer", f"{KEY}@5")
    offered = primemover("lifecycle", "export", KEY)
    primemover("lifecycle", "retire", KEY)
    retired = primemover("lifecycle", "export", KEY)

    assert [each.exit_code for each in (newest, offered, retired)] == [0, 0, 0]
    said = [each.stdout for each in (newest, offered, retired)]
    assert ['version = "6"' in each for each in said] == [True, False, True]
    assert ['version = "5"' in each for each in said] == [False, True, False]
