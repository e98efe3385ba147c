"""The versions of the lifecycles that were published."""

from pathlib import Path

import pytest

from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from workflow.demo import house
from workflow.engine.commands.open_case import publish
from workflow.engine.published.versions import lifecycles, version, versions
from workflow.errors import NotFound
from workflow.lifecycles.loader.files import from_tables, load_file

NEXT = from_tables(edited(put("version", "6")), "next.toml")
REPORTS = load_file(Path("config/lifecycles/progress-report.toml"))
BESIDE = [each.stem for each in house.BESIDE]
OTHER = from_tables(edited(put("key", "other")), "other.toml")


def test_the_newest_of_each_is_offered_and_older_ones_stay(world: World) -> None:
    publish(world.engine, OTHER)
    world.clock.pass_working_time(1)
    publish(world.engine, NEXT)

    with world.engine.reading() as session:
        offered = lifecycles(session, world.engine)
        standard = versions(session, world.engine, "programme-standard")
        other = versions(session, world.engine, "other")

    assert [each.definition.key for each in offered] == ["programme-standard", "other", *BESIDE]
    assert [(each.definition.version, each.offered) for each in standard] == [
        ("6", True),
        ("5", False),
    ]
    assert [each.definition.digest for each in other] == [OTHER.digest]
    assert offered[0].published_at == standard[0].published_at > other[0].published_at


def test_what_no_programme_follows_is_listed_after_what_programmes_follow(world: World) -> None:
    publish(world.engine, OTHER)

    with world.engine.reading() as session:
        listed = lifecycles(session, world.engine)
        (version_,) = versions(session, world.engine, REPORTS.key)
        followed = world.engine.followed(REPORTS.key, session)
        begun = world.engine.offered(session)

    keys = ["programme-standard", "other", *BESIDE]
    assert [each.definition.key for each in listed] == keys
    assert version_.offered
    assert followed == REPORTS
    assert [read.key for _, read in begun] == keys[:2], "no programme is begun on it"


def test_a_version_is_found_by_the_beginning_of_its_digest(world: World) -> None:
    publish(world.engine, NEXT)
    with world.engine.reading() as session:
        found = versions(session, world.engine, "programme-standard")
        with pytest.raises(NotFound, match="No lifecycle called weather"):
            versions(session, world.engine, "weather")

    assert version(found, "").definition == NEXT
    assert version(found, found[1].definition.mark) == found[1]
    with pytest.raises(NotFound, match="no such version"):
        version(found, NEXT.digest)
