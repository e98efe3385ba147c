"""What was done to lifecycles, as the register tells it to auditors."""

from dataclasses import replace

from tests.support.world import World
from tests.workflow.publication.register import (
    again,
    done,
    publishing,
    retiring,
    two,
    wished,
)
from workflow.history.filters import HistoryFilters
from workflow.history.reader import history_page
from workflow.publication import requests


def test_every_act_is_told_in_a_sentence(world: World) -> None:
    first, second = two(world)
    done(world, publishing())
    done(world, again(world))
    done(world, replace(again(world), digest=publishing().digest))
    asked = wished(world, retiring(digest=publishing().digest), first)
    with world.engine.transaction() as session:
        number = asked.waits or 0
        requests.decline(session, number, "Not yet.", by=second, now=world.engine.now())
    world.programme("draft")
    done(world, retiring(digest=publishing().digest))
    done(world, retiring())

    with world.engine.reading() as session:
        auditor, now = world.person("marie.laurent"), world.engine.now()
        page = history_page(
            session, world.engine, "REGISTER", person=auditor, now=now, filters=HistoryFilters()
        )

    said = [str(line.says) for line in reversed(page.lines) if line.type.startswith("lifecycle")]
    standard = "of the lifecycle programme-standard"
    assert said == [
        f"Naledi Khumalo asked to publish version 6 {standard}",
        "15 versions of lifecycles had been published before the register told of them",
        f"Version 6 {standard} was published",
        f"Naledi Khumalo asked to offer version 5 {standard} again",
        f"Version 5 {standard} is offered again",
        f"Naledi Khumalo asked to offer version 6 {standard} again",
        f"Version 6 {standard} is offered again",
        f"Naledi Khumalo asked to retire version 6 {standard}",
        "Pieter Vos declined what was asked for of the lifecycle programme-standard",
        f"Naledi Khumalo asked to retire version 6 {standard}",
        f"Version 6 {standard} was retired",
        "Naledi Khumalo asked to retire the lifecycle programme-standard",
        "The lifecycle programme-standard was retired",
    ]
    assert page.lines[0].reason == "It has had its time."
    assert "asked for by Naledi Khumalo" in [str(each) for each in page.lines[0].under]
