"""A donor reads no position of a country before the programme is decided, wherever positions are shown."""

from dataclasses import replace

import pytest

from tests.support.visitors import Enter
from tests.support.world import NURSES, World
from workflow.demo import path

DONOR, AUTHORITY = "ingrid.solberg", "graca.mabunda"
SAID = "Use the open licences of our courses."
WITH_DONOR = replace(
    NURSES, texts={**NURSES.texts, "proposal": {**NURSES.texts["proposal"], "donors": ["nor"]}}
)


@pytest.fixture
def consulted(world: World) -> str:
    """A programme with a donor, on which countries have stated their positions."""
    ref = path.begin(world, WITH_DONOR)
    path.carry(world, ref, WITH_DONOR, "lead_group")
    return ref


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/{ref}", "/programmes/{ref}/rounds/consultation/1", "/histories/{ref}",
        "/histories/{ref}/history.csv",
    ],
)  # fmt: skip
def test_positions_are_kept_from_a_donor_and_shown_to_others_who_take_part(
    consulted: str, enter: Enter, address: str
) -> None:
    at = address.format(ref=consulted)
    donor, authority = enter(DONOR).get(at), enter(AUTHORITY).get(at)

    assert SAID not in donor.text
    assert SAID in authority.text


def test_somebody_who_speaks_for_a_country_as_well_reads_them(
    world: World, consulted: str, enter: Enter
) -> None:
    assert SAID in enter("paulo.sa").get(f"/programmes/{consulted}").text
