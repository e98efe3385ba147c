"""What a run takes or leaves out is named by places that exist, and a quick run loads nothing else."""

import re
from pathlib import Path

import pytest

from tests.support.run import scrutiny, selection

ROOT = Path(__file__).parents[2]
QUICK = re.search(r'-m "(not [^"]+)"', (ROOT / "Makefile").read_text(encoding="utf-8"))
NAMED = {
    *selection.TOGETHER,
    *selection.BOTH,
    *selection.THOROUGH,
    *selection.BROWSER,
    *scrutiny.OF_THE_TRAIL,
}


def test_every_place_that_a_run_names_exists() -> None:
    assert [place for place in sorted(NAMED) if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("place", ["tests/browser/test_detours.py", "tests/web/cli/test_bench.py"])
def test_a_quick_run_passes_over_what_it_leaves_out(place: str) -> None:
    assert QUICK is not None
    assert selection.passes_over(QUICK[1], place)


@pytest.mark.parametrize("place", ["tests", "tests/web", "tests/web/account/test_login.py"])
def test_a_quick_run_looks_into_every_place_of_which_it_takes_something(place: str) -> None:
    assert QUICK is not None
    assert not selection.passes_over(QUICK[1], place)


@pytest.mark.parametrize(
    "asked", ["", "browser", "thorough", "not postgresql", "not (browser) or x"]
)
def test_any_other_run_looks_everywhere(asked: str) -> None:
    assert not selection.passes_over(asked, "tests/web/cli/test_bench.py")
