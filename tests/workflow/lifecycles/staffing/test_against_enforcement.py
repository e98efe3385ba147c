"""What is said of a house is what the check of permission lets its people do, tried in every way."""

import pytest

from tests.support.sizes import sized
from tests.workflow.lifecycles.staffing.enforced import Enforced
from tests.workflow.lifecycles.staffing.houses import drawn
from workflow.lifecycles.staffing.findings import Feasibility, staffing

# Houses in each of four parts; a long proof tries thousands.
EACH = sized(40, 2_000)


@pytest.mark.parametrize("part", range(4))
def test_every_end_and_round_is_said_to_be_possible_where_trying_everything_brings_it(
    part: int,
) -> None:
    said, open_ = set[tuple[Feasibility, bool]](), 0
    for seed in range(part * EACH, part * EACH + EACH):
        definition, house = drawn(seed)
        tried = Enforced(definition, house).try_everything()

        report = staffing(definition, house)

        found = [(end, end.key in tried.ends) for end in report.ends]
        found += [(each, each.key in tried.answered) for each in report.rounds]
        for finding, possible in found:
            said.add((finding.standing, possible))
            open_ += finding.standing is Feasibility.UNKNOWN
            assert finding.standing is not Feasibility.CAN or possible, (seed, finding)
            assert finding.standing is not Feasibility.CANNOT or not possible, (seed, finding)
    assert {(Feasibility.CAN, True), (Feasibility.CANNOT, False)} <= said
    assert open_ == 0
