"""The dossier of a programme that went its way by a condition checks, and another way does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import HOUSE, World
from tests.workflow.dossiers.handed import Log, examined, hand, house
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, PLAN, concluded, sent
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.verifier.case_state import CaseStanding, Opened

WAYS = {
    "states": [["donor_agreement", {}], ["decision", {}]],
    "rounds": [
        ["concluding", {"outcomes": [
            ["recommend", [{"when": [], "state": "donor_agreement"}, {"state": "decision"}]],
        ]}],
    ],
}  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log of the demo's house."""
    with databases.fresh_sqlite(tmp_path, HOUSE) as url:
        world = World(url)
        yield Log(world, tmp_path)
        world.close()


@pytest.mark.parametrize("with_donor", [True, False])
def test_a_dossier_checks_whichever_way_the_programme_went(
    log: Log, tmp_path: Path, with_donor: bool
) -> None:
    carried = sent(log.world, PLAN if with_donor else ALONE)
    concluded(carried, *(("ingrid.solberg",) if with_donor else ()))
    log.state_heads()
    dossier, policy = tmp_path / "dossier.zip", tmp_path / "policy.txt"
    hand(log.world, DossierRequest(carried.ref, None), dossier, house(tmp_path, log))
    policy.write_text(log.policy)

    assert examined(dossier, policy).faults == []


@pytest.mark.parametrize(
    ("way", "to", "said"),
    [
        ({"way": 1}, "donor_agreement", []),
        ({}, "decision", []),
        ({"way": 1}, "decision", ["the lifecycle leads from recommend to donor_agreement"]),
        ({}, "donor_agreement", ["the lifecycle leads from recommend to decision"]),
        (
            {"way": 3},
            "decision",
            ["it does not say what an event of the kind state.entered has to say"],
        ),
    ],
)
def test_the_state_entered_is_that_of_the_way_that_was_taken(
    way: dict[str, int], to: str, said: list[str]
) -> None:
    case = CaseStanding(state="appraisal", definition=WAYS)
    case.rounds["concluding", 1] = opened = Opened("", ())
    settled = {"round": "concluding", "turn": 1, "outcome": "recommend", **way}
    entered = {"round": "concluding", "outcome": "recommend", "from": "appraisal", "to": to}

    list(case.hear(2, {"type": "round.settled", "what": settled}))
    found = list(case.hear(3, {"type": "state.entered", "what": entered}))

    assert opened.ended
    assert found == said
