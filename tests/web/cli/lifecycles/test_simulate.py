import json
from pathlib import Path

import pytest

from tests.web.cli.conftest import PUBLISHED, STANDARD, PrimeMover
from tests.workflow.engine.lifecycles import written
from tests.workflow.lifecycles.with_children import with_children

EMERGENCY = STANDARD.parent / "emergency.toml"
FEW = ("--runs", "60", "--begins", "2026-11-30")


def test_a_file_is_simulated_without_an_installation(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    said = primemover("lifecycle", "simulate", EMERGENCY, *FEW)

    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("India-UN Fund, emergency window, version 1: 60 runs, seed 1.\n")
    assert "Decision: half within " in said.stdout
    assert "Fund manager, Check by the fund manager: half answer within 0.5 days" in said.stdout
    assert "assumed: half of the time allowed" in said.stdout
    assert "10% answer, half of them within 1.5 days" in said.stdout
    assert not (tmp_path / "home").exists()


def test_child_cases_are_said_not_to_be_played(primemover: PrimeMover, tmp_path: Path) -> None:
    said = [
        primemover("lifecycle", "simulate", file, "--runs", "5")
        for file in (written(tmp_path, with_children()), EMERGENCY)
    ]

    assert ["Child cases are not played" in each.stdout for each in said] == [True, False]


def test_the_same_seed_prints_the_same(primemover: PrimeMover) -> None:
    said = [primemover("lifecycle", "simulate", EMERGENCY, *FEW, "--json") for _ in range(2)]
    other = primemover("lifecycle", "simulate", EMERGENCY, *FEW, "--json", "--seed", "2")

    assert said[0].stdout == said[1].stdout != other.stdout
    told = json.loads(other.stdout)
    assert (told["seed"], told["runs"], told["lifecycle"]) == (2, 60, "india-un-emergency")
    assert told["days_to_decision"]["p50"] <= told["days_to_decision"]["p90"]


def test_a_published_lifecycle_is_simulated_by_its_key_and_version(primemover: PrimeMover) -> None:
    primemover("migrate")
    for file in (*PUBLISHED, EMERGENCY):
        primemover("lifecycle", "publish", file)

    usual = primemover("lifecycle", "simulate", "india-un-emergency", *FEW)
    named = primemover("lifecycle", "simulate", "india-un-emergency@1", *FEW)
    standard = primemover("lifecycle", "simulate", "programme-standard", *FEW)

    assert (usual.exit_code, standard.exit_code) == (0, 0)
    assert usual.stdout == named.stdout != standard.stdout


def test_what_ifs_change_what_is_said(primemover: PrimeMover) -> None:
    changed = [
        primemover("lifecycle", "simulate", EMERGENCY, *FEW, *words).stdout
        for words in (
            (),
            ("--later", "unit_officer=30d"),
            ("--quorum", "at_meeting=4"),
            ("--away", "unit_officer=2026-11-01..2027-02-01"),
        )
    ]

    assert len(set(changed)) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.toml",), "there is no such file"),
        (("nothing",), "nothing"),
        (("india-un-emergency@9",), "has no version"),
        ((EMERGENCY, "--later", "nobody=1d"), "The lifecycle has no role nobody"),
        ((EMERGENCY, "--away", "chen@example.org=2026-12-01..2026-12-02"), "knows roles and nobody"),
        (("india-un-emergency", "--away", "chen@example.org=2026-12-01..2026-12-02"), "Nobody has the address"),
        ((EMERGENCY, "--runs", "0"), "not in the range"),
        ((EMERGENCY, "--begins", "9999-12-31"), "Have cases begin between 1990 and 2029."),
        ((EMERGENCY, "--begins", "0001-01-01"), "Have cases begin between 1990 and 2029."),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated_is_refused_in_a_sentence(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", EMERGENCY)

    refused = primemover("lifecycle", "simulate", *words)

    assert refused.exit_code != 0
    assert said in refused.stderr
    assert "Traceback" not in refused.output
