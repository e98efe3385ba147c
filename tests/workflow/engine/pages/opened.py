"""The pages of a case as one person finds them."""

from sqlalchemy.orm import Session

from tests.support.world import World
from workflow.engine.pages import review
from workflow.engine.pages.actions import Action, actions
from workflow.engine.pages.review import ReviewPage
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case


def page(world: World, ref: str, key: str, who: str, turn: int = 1) -> ReviewPage:
    """The page of a round as one person finds it now."""
    with world.engine.reading() as session:
        return review.of_round(viewer(world, session, ref, who), key, turn)


def initiative(world: World, ref: str, key: str, who: str) -> ReviewPage:
    with world.engine.reading() as session:
        return review.initiative(viewer(world, session, ref, who), key)


def viewer(world: World, session: Session, ref: str, who: str) -> CaseViewer:
    now = world.engine.now()
    case = visible_case(session, ref, world.person(who), now)
    return CaseViewer.of(session, world.engine, case, world.person(who), now)


def what_can_be_done(world: World, ref: str, who: str) -> dict[str, Action]:
    """The actions on a case as one person finds them, by round (and party where there are more)."""
    with world.engine.reading() as session:
        now, person = world.engine.now(), world.person(who)
        case = visible_case(session, ref, person, now)
        found = actions(session, world.engine, case, person, now)
    return {f"{action.round_key}:{action.party}": action for action in found}
