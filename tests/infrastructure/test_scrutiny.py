"""A short run verifies some worlds when they end, a long proof each, and the trail's tests all of theirs."""

import pytest

from tests.support.run.scrutiny import ONE_OF, verifies

PAGES = [f"tests/web/test_pages.py::test_a[{number}]" for number in range(500)]


def chosen(seed: int) -> set[str]:
    return {test for test in PAGES if verifies(test, whole=False, seed=seed)}


def test_a_short_run_verifies_one_of_several_and_always_the_same() -> None:
    few = chosen(seed=0)

    assert len(PAGES) / ONE_OF / 2 < len(few) < len(PAGES) / ONE_OF * 2
    assert few == chosen(seed=0)


def test_seed_by_seed_each_world_has_its_turn() -> None:
    assert set.union(*(chosen(seed) for seed in range(ONE_OF * 10))) == set(PAGES)


@pytest.mark.parametrize("place", ["attacks/test_a.py", "workflow/audit/verification/test_b.py"])
def test_where_the_trail_is_tested_every_world_verifies(place: str) -> None:
    assert all(verifies(f"tests/{place}::test_c[{n}]", whole=False) for n in range(20))


def test_a_long_proof_verifies_every_world() -> None:
    assert all(verifies(test, whole=True) for test in PAGES)
