"""What `make mutants` changes, and that it tells those apart that tests notice."""

import ast
import os
import subprocess
import sys

import pytest

from tests.support.mutants.changes import mutants

SAMPLE = """
def settled(votes: int, need: int = 3) -> bool:
    if not votes:
        refuse(votes)
    return votes >= need and any(each for each in votes)


def asked(session, number):
    return session.get(number) == 1
"""
SOME = "any((each for each in votes))"
BOTH = f"votes >= need and {SOME}"
# What this run of the tests tells its own processes.
INHERITED = ("PYTEST", "PRIMEMOVER")


def test_every_place_of_a_pure_function_is_changed_once_and_no_other() -> None:
    found = mutants(SAMPLE)

    assert [(each.line, each.change) for each in found] == [
        (3, "not votes, without the not"),
        (4, "refuse(votes) left out"),
        (5, f"return {BOTH} → nothing"),
        (5, f"{BOTH} → {BOTH.replace('and', 'or')}"),
        (5, "votes >= need → votes > need"),
        (5, f"{SOME} → all"),
    ]
    assert all(ast.parse(each.source) for each in found)
    assert len({each.source for each in found}) == len(found)
    assert all("return session.get(number) == 1" in each.source for each in found)


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_the_tests_of_the_rules_notice_what_is_changed() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(INHERITED)}

    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.mutants", "20", "rules/advice"],
        env=bare, capture_output=True, text=True, check=False,
    )  # fmt: skip

    told = ended.stdout + ended.stderr
    assert (ended.returncode, "advice.py: 2 of 2 killed" in told) == (0, True), told
