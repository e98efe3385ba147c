"""In which states a case can have others under it."""

from pathlib import Path

from tests.workflow.engine.lifecycles import small
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.parentage.family_states import states_with_children


def test_they_are_those_in_which_something_opens_and_all_that_come_after() -> None:
    standard = load_file(Path("config/lifecycles/programme-standard.toml"))

    found = states_with_children(standard)

    assert found == {
        "inception", "active", "suspended", "operational_closure", "closed", "cancelled",
    }  # fmt: skip
    assert states_with_children(standard) is found, "found out once"


def test_a_lifecycle_that_opens_none_has_none() -> None:
    alone = small({"send": {"states": ["a"], "outcomes": {"sent": "z"}}}, "a")

    assert states_with_children(alone) == frozenset()
