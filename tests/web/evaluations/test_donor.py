"""A donor of a triangular programme reads an amendment of it as soon as that was sent, and its draft as little as others."""

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION
from tests.workflow.lifecycles.shipped.test_triangular import (
    AGENCY,
    AUTHORITIES,
    DIRECTOR,
    MANAGER,
    agreed_with,
    asked_of_norway,
)
from tests.workflow.partners.vetted import listed, vetted

DONOR = "ingrid.solberg"


def test_a_donor_reads_an_amendment_from_the_day_on_which_it_was_sent(
    world: World, enter: Enter
) -> None:
    listed(world)
    vetted(world)
    carried = asked_of_norway(world)
    agreed_with(carried, DONOR)
    carried.board("deciding", "approve")
    for who in (DIRECTOR, *AUTHORITIES, AGENCY, DONOR):
        carried.answer(who, "signing", "sign")
    carried.answer(MANAGER, "amending", "ask", "The site was flooded.")
    below, donor = f"{carried.ref}.2", enter(DONOR)
    world.file(below, "request", MANAGER, EXTENSION)
    before = donor.get(f"/programmes/{below}/documents/request").status_code
    world.answer(below, "sending", MANAGER, "send")
    after = donor.get(f"/programmes/{below}/documents/request")

    assert before == 404
    assert after.status_code == 200
    assert EXTENSION["why"] in after.text
