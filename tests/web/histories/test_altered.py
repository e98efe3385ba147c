"""Events that somebody altered behind the engine: every page opens, and the check names them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select, text, update

from tests.support.visitors import Enter
from tests.support.world import World
from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.engine.models import LifecycleCase

AUDITOR = "marie.laurent"
ALTERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a role that is a list": lambda event: event.update(role=["unit_officer"]),
    "a party that is a number": lambda event: event.update(party=7),
    "an appointment in words": lambda event: event.update(appointment="the first"),
    "an appointment that is true": lambda event: event.update(appointment=True),
    "an instant without a zone": lambda event: event.update(at="2026-03-02T12:00:00.000"),
    "an effective instant without a zone": lambda event: event.update(effective="2026-03-02"),
    "commitments in a list": lambda event: event.update(commitments=["reason"]),
    "a commitment that is a number": lambda event: event.update(commitments={"reason": 7}),
    "a person of another alphabet": lambda event: event.update(person="p١"),
    "a type that is a list": lambda event: event.update(type=[event["type"]]),
}


def test_an_altered_event_is_told_as_one_that_cannot_be_read(world: World, enter: Enter) -> None:
    ref, marie = world.programme("screening"), enter(AUDITOR)

    for said in altered(world, ref):
        pages = {
            address: marie.get(address)
            for address in (
                f"/histories/{ref}",
                "/histories/events",
                f"/programmes/{ref}",
                f"/histories/{ref}/dossier",
            )
        }

        opened = {address: page.status_code for address, page in pages.items()}
        assert opened == dict.fromkeys(pages, 200), said
        assert "This event cannot be read" in pages[f"/histories/{ref}"].text, said


def test_the_check_names_an_altered_event(world: World) -> None:
    ref = world.programme("screening")

    for said in altered(world, ref):
        found = verify(world.engine.database)

        assert {(each.ref, each.seq) for each in found.differences} >= {(ref, 4)}, said


def altered(world: World, ref: str) -> Iterator[str]:
    """Alter the fourth event in each way in turn, after which it says what it said."""
    whole = alter(world, ref, lambda _event: None)
    for said, how in ALTERED.items():
        alter(world, ref, how)
        yield said
        alter(world, ref, lambda event: (event.clear(), event.update(whole)))


def alter(world: World, ref: str, how: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Change what the bytes of the fourth event say; returns what they said."""
    world.honest = False
    with world.engine.transaction() as session:
        triggers = select(text("name")).select_from(text("sqlite_master"))
        for name in session.scalars(triggers.where(text("type = 'trigger'"))).all():
            session.execute(text(f"drop trigger {name}"))
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        chosen = (Event.case_id == case, Event.seq == 4)
        before = session.scalars(select(Event.body).where(*chosen)).one()
        event = json.loads(before)
        how(event)
        session.execute(update(Event).where(*chosen).values(body=canonical.write(event)))
    said: dict[str, Any] = json.loads(before)
    return said
