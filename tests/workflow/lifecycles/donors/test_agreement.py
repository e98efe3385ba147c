"""An agreement with a donor is carried to each of its ends."""

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.partners.test_agreement import DONOR, PLANNED, TERMS, Triangular
from tests.workflow.partners.vetted import DIRECTOR, listed, vetted


def begun(world: World) -> tuple[Carried, str]:
    """A programme whose donor is vetted, and its one agreement."""
    listed(world)
    vetted(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    return programme, ref


def sent(world: World, ref: str) -> None:
    """The donor says what it gives."""
    world.file(ref, "agreement", DONOR, TERMS)
    world.answer(ref, "drawing_up", DONOR, "send")


def test_both_sign_it(world: World) -> None:
    _, ref = begun(world)
    sent(world, ref)
    world.answer(ref, "signing", DONOR, "sign")
    by_one = world.state(ref)
    world.answer(ref, "signing", DIRECTOR, "sign")

    assert (by_one, world.state(ref)) == ("signature", "agreed_upon")


def test_a_donor_gives_nothing_after_all(world: World) -> None:
    _, ref = begun(world)
    world.answer(ref, "drawing_up", DONOR, "decline", "Not for benches.")

    assert world.state(ref) == "not_agreed"
