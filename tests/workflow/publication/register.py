"""What two administrators ask of the register of lifecycles, and what it then says."""

from dataclasses import replace

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.engine.offers.current import OfferAct
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables
from workflow.publication import requests
from workflow.publication.page import RegisterPage, register_page
from workflow.publication.requests import LifecycleOutcome
from workflow.publication.wishes import LifecycleWish, publication

KEY = "programme-standard"
NEXT = from_tables(edited(put("version", "6")), "next.toml")
AFTER = from_tables(edited(put("version", "7")), "after.toml")


def two(world: World) -> tuple[int, int]:
    """The two administrators of the house."""
    return world.person("naledi.khumalo"), world.person("pieter.vos")


def publishing(definition: Definition = NEXT, **more: object) -> LifecycleWish:
    """The wish to publish a version."""
    return replace(publication(definition, why="The Board asked for it."), **more)


def again(world: World, **more: object) -> LifecycleWish:
    """The wish to offer the version again that was published first."""
    oldest = page(world).versions[-1].digest
    wish = LifecycleWish(act=OfferAct.OFFER, key=KEY, digest=oldest, why="Back to what works.")
    return replace(wish, **more)


def retiring(**more: object) -> LifecycleWish:
    """The wish to offer the lifecycle no more."""
    return replace(LifecycleWish(act=OfferAct.RETIRE, key=KEY, why="It has had its time."), **more)


def wished(world: World, wish: LifecycleWish, by: int | None) -> LifecycleOutcome:
    """What comes of a wish: it is done, or waits for a second administrator."""
    with world.engine.transaction() as session:
        return requests.carry_out(session, wish, by=by, now=world.engine.now())


def confirmed(world: World, number: int | None, by: int) -> int:
    """Confirm what waits; the number of the act."""
    with world.engine.transaction() as session:
        return requests.confirm(session, number or 0, by=by, now=world.engine.now())


def done(world: World, wish: LifecycleWish) -> int:
    """What one asks for and the other confirms."""
    first, second = two(world)
    return confirmed(world, wished(world, wish, first).waits, second)


def kinds(world: World) -> list[str]:
    """The kinds of events on the trail of the register, in their order."""
    register = select(LifecycleCase.id).where(LifecycleCase.ref == "REGISTER").scalar_subquery()
    told = select(Event.type).where(Event.case_id == register).order_by(Event.seq)
    with world.engine.reading() as session:
        return list(session.scalars(told))


def page(world: World, person: int = 0) -> RegisterPage:
    """What the register shows of the lifecycle to somebody."""
    with world.engine.reading() as session:
        return register_page(session, world.engine, KEY, person)


def offered(world: World) -> str | None:
    """The version of the lifecycle that is offered now."""
    found = [read.version for _, read in world.engine.offered() if read.key == KEY]
    return found[0] if found else None
