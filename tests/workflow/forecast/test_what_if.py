from datetime import UTC, datetime
from fractions import Fraction

import pytest

from tests.workflow.forecast.lifecycles import shipped
from workflow.errors import Invalid
from workflow.forecast.what_if import what_if, with_quorums

EMERGENCY, STANDARD = shipped("emergency"), shipped("programme-standard")


def test_changes_are_read_as_people_write_them() -> None:
    found = what_if(
        STANDARD,
        later=["board_member=2d", "unit_officer=0.5"],
        quorum=["consultation=2/3", "lead_acceptance=2"],
        away=["chen@example.org=2026-12-01..2027-01-15", "chen@example.org=2027-03-01..2027-03-01"],
    )

    assert found.later == {"board_member": 2.0, "unit_officer": 0.5}
    assert found.quorum == {"consultation": Fraction(2, 3), "lead_acceptance": 2}
    assert found.away["chen@example.org"] == (
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 16, tzinfo=UTC)),
        (datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"later": ["board_member"]}, "says no change"),
        ({"later": ["nobody=1d"]}, "no role nobody; its roles are submitter"),
        ({"later": ["board_member=soon"]}, "“soon” is no number of days"),
        ({"later": ["board_member=-1d"]}, "“-1d” is no number of days"),
        ({"quorum": ["decision=2/3"]}, "No round decision has a quorum; those that have one: "),
        ({"quorum": ["consultation=half"]}, "“half” is no quorum"),
        ({"quorum": ["consultation=2/0"]}, "“2/0” is no quorum"),
        ({"quorum": ["consultation=0"]}, "“0” is no quorum"),
        ({"quorum": ["consultation=3/2"]}, "more than all of them"),
        ({"quorum": ["lead_acceptance=1/2"]}, "as a whole number"),
        ({"away": ["chen=2026-12-01"]}, "is no leave: write its first and last day"),
        ({"away": ["chen=2026-12-01..2026-11-01"]}, "is no leave"),
        ({"away": ["chen=2026-02-30..2026-03-01"]}, "is no leave"),
        ({"away": ["chen=2026-12-01..9999-12-31"]}, "is no leave"),
        ({"away": ["chen=0001-01-01..2026-12-31"]}, "is no leave"),
    ],
)
def test_what_says_nothing_is_refused_with_what_to_write(
    changed: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        what_if(STANDARD, **changed)

    assert said in str(refused.value)


def test_another_quorum_is_the_rules_own() -> None:
    shares = with_quorums(EMERGENCY, {"at_meeting": Fraction(2, 3)}).rounds["at_meeting"].rule
    number = with_quorums(EMERGENCY, {"at_meeting": Fraction(3)}).rounds["at_meeting"].rule
    leads = with_quorums(STANDARD, {"lead_acceptance": Fraction(2)}).rounds["lead_acceptance"].rule

    assert (shares.quorum_share, shares.quorum_least) == (float(Fraction(2, 3)), 0)
    assert (number.quorum_share, number.quorum_least) == (0, 3)
    assert leads.threshold == 2
    assert EMERGENCY.rounds["at_meeting"].rule.quorum_share == 0.5
