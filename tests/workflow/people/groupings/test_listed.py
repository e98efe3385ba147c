from datetime import date

import pytest

from workflow.people.groupings.listed import labels, listed_members
from workflow.reference import reference

# How many belong on the day of the report of 2004, of those whose days are known, and on 28 November 2026.
IN_2004, NOW = date(2004, 6, 7), date(2026, 11, 28)
COUNTS = {
    "african-union": (52, 54), "arab-league": (22, 22), "asean": (10, 11), "caricom": (15, 15), "ecowas": (15, 12),
    "ibsa": (3, 3), "mercosur": (4, 6), "sadc": (14, 16), "least-developed": (50, 44), "landlocked": (32, 32),
}  # fmt: skip


@pytest.mark.parametrize("key", COUNTS)
def test_the_list_has_as_many_as_there_were_and_are(key: str) -> None:
    days = [each.days for each in listed_members(key)]

    found = tuple(
        sum((each.since or date.min) <= day <= (each.until or date.max) for each in days)
        for day in (IN_2004, NOW)
    )

    assert found == COUNTS[key]


def test_every_grouping_has_members_that_are_countries_and_never_two_at_once() -> None:
    for key in labels():
        members = listed_members(key)
        assert members
        for at, one in enumerate(members):
            assert one.iso3 in reference().countries
            assert not [
                other
                for other in members[at + 1 :]
                if other.iso3 == one.iso3 and other.days.overlaps(one.days)
            ]


def test_every_membership_is_of_a_grouping_of_the_list() -> None:
    assert {row["grouping"] for row in reference().memberships} == reference().groupings.keys()
