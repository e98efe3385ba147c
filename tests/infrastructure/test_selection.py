"""Of what is tried in every combination a short run takes a part, and a long proof the whole."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest

from tests.support.programs import ROOT

CONFTEST = """
from tests.support.run import selection

selection.BOTH = ("test_journal.py",)

def pytest_configure(config):
    config.addinivalue_line("markers", "proof: as in this repository")

def pytest_collection_modifyitems(config, items):
    selection.sample(config, items)
"""
TESTS = """
import pytest

kinds = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
numbers = pytest.mark.parametrize("number", range(4))

@kinds
@numbers
def test_either(kind, number): pass

@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof(apart=True))]
)
def test_dear(kind): pass

@pytest.mark.proof(sample=2)
@numbers
def test_sample(number): pass

@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.proof(alone=True))])
def test_alone(number): pass

@pytest.mark.proof(apart=True)
def test_apart(): pass

@pytest.mark.proof(lasting=True)
def test_lasting(): pass

@pytest.mark.proof(apart=True, lasting=True)
def test_apart_and_lasting(): pass

@pytest.mark.proof(few=1)
def test_first_of_few(): pass

@pytest.mark.proof(few=1)
def test_second_of_few(): pass

def test_of(world): pass

def test_ordinary(): pass
"""
OF_THE_DATABASE = """
import pytest

kinds = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])

@kinds
def test_every(kind): pass

@pytest.mark.proof(either=True)
@kinds
def test_marked(kind): pass
"""
SAMPLED_BEFORE = """
import pytest

pytestmark = pytest.mark.proof(few=1)

def test_plain_handful(): pass

@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("number", range(2))
def test_sampled_handful(number): pass
"""
FILES = {
    "test_handful.py": SAMPLED_BEFORE,
    "conftest.py": CONFTEST,
    "pytest.ini": "[pytest]\n",
    "test_some.py": TESTS,
    "test_journal.py": OF_THE_DATABASE,
}
# None of the plugins has a say in it, and to read them in takes longest.
QUIETLY = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
Chosen = Callable[..., frozenset[str]]
pytestmark = pytest.mark.processes
ALWAYS = {
    "test_alone[1]",
    "test_dear[sqlite]",
    "test_every[sqlite]",
    "test_every[postgresql]",
    "test_of",
    "test_ordinary",
    "test_lasting",
}
APART = {"test_apart", "test_apart_and_lasting", "test_dear[postgresql]"}


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Chosen:
    """What a run of a size takes of the tests above, asked for once."""
    folder = tmp_path_factory.mktemp("chosen")
    for name, text in FILES.items():
        (folder / name).write_text(text)

    @cache
    def take(size: int, *words: str, seed: int = 0, part: str = "") -> frozenset[str]:
        said = {"PRIMEMOVER_SIZE": str(size), "PRIMEMOVER_SEED": str(seed), **QUIETLY}
        said["PRIMEMOVER_PART"] = part
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, *words], cwd=folder, check=True, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **said},
        )  # fmt: skip
        return frozenset(
            line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line
        )

    return take


def test_a_short_run_takes_a_part(chosen: Chosen) -> None:
    taken = chosen(0)

    assert taken >= ALWAYS
    either = sorted(name for name in taken if "test_either" in name)
    assert [name[:13] for name in either] == [f"test_either[{number}" for number in range(4)]
    assert sum("sqlite" in name for name in either) in {2, 3}
    assert sum("test_marked" in name for name in taken) == 1
    assert sum("_of_few" in name for name in taken) == 1
    assert {each for each in taken if "test_sample[" in each} == {
        "test_sample[0]",
        "test_sample[2]",
    }


def test_another_seed_takes_the_others(chosen: Chosen) -> None:
    runs = [chosen(0, seed=seed) for seed in (0, 1, 2)]

    assert frozenset.intersection(*runs) == ALWAYS
    left = APART | {"test_alone[2]", "test_sampled_handful[0]"}
    assert frozenset.union(*runs) == chosen(10) - left


def test_of_three_seeds_one_takes_a_test_on_postgresql(chosen: Chosen) -> None:
    runs = [chosen(0, seed=seed) for seed in (0, 1, 2)]

    for number in range(4):
        taken = [f"test_either[{number}-postgresql]" in run for run in runs]
        assert sorted(taken) == [False, False, True], number


def test_a_few_are_taken_of_what_a_sample_left(chosen: Chosen) -> None:
    taken = [name for seed in (0, 1) for name in chosen(0, seed=seed) if "handful" in name]

    assert taken == ["test_plain_handful", "test_sampled_handful[1]"]


def test_a_short_proof_takes_as_much_as_a_short_run_and_what_stands_apart(chosen: Chosen) -> None:
    assert chosen(1) == chosen(0) - {"test_lasting"} | APART


def test_what_stands_apart_is_part_of_every_proof(chosen: Chosen) -> None:
    for size in (1, 10):
        assert chosen(size, "-m", "proof") >= APART


def test_a_long_proof_takes_what_shorter_runs_leave_out(chosen: Chosen) -> None:
    taken = chosen(10, "-m", "proof")

    assert len([name for name in taken if "either" in name]) == 8
    assert len([name for name in taken if "test_sample[" in name]) == 4
    assert len([name for name in taken if "_of_few" in name]) == 2
    assert {"test_alone[2]", "test_of", "test_marked[sqlite]", "test_marked[postgresql]"} <= taken
    assert "test_ordinary" not in taken


def test_on_one_kind_of_database_nothing_waits_for_its_turn(chosen: Chosen) -> None:
    taken = chosen(0, "-m", "not postgresql")

    assert sum("test_either" in name for name in taken) == 8


@pytest.mark.proof(apart=True)
def test_the_parts_of_a_long_proof_are_the_whole_and_take_nothing_twice(chosen: Chosen) -> None:
    whole, parts = chosen(10, "-m", "proof"), ("1/3", "2/3", "3/3")

    taken = [chosen(10, "-m", "proof", part=part) for part in parts]

    assert frozenset.union(*taken) == whole
    assert sum(map(len, taken)) == len(whole)
    assert max(map(len, taken)) - min(map(len, taken)) <= 1
