"""A lead group of India and South Africa that leads, and cases under it that are carried to their ends."""

from tests.support.world import World
from tests.workflow.lead_groups.house import DIRECTOR, FOCAL, published, south_africa_wishes_to_lead
from workflow.engine.acts.whole import At
from workflow.lead_groups.acts import end

BRAZIL, INDIA, SOUTH_AFRICA = (FOCAL[each] for each in ("BRA", "IND", "ZAF"))


def opened(world: World) -> None:
    """Countries can lead together here, South Africa with them."""
    published(world)
    south_africa_wishes_to_lead(world)


def ended_above(world: World, group: str) -> None:
    """The Director ends the group."""
    end(world.engine, world.person(DIRECTOR), At(group), "Its programmes have ended.")
