"""What was altered behind the register of lifecycles is found, and nothing is published from it."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.publication.register import (
    AFTER,
    KEY,
    NEXT,
    again,
    confirmed,
    done,
    offered,
    publishing,
    retiring,
    two,
    wished,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid


def forge(world: World, statement: str, **values: object) -> None:
    with world.engine.database.begin() as connection:
        connection.execute(text(statement), values)


def test_rows_altered_behind_the_register_are_found(world: World) -> None:
    first, second = two(world)
    done(world, publishing())
    done(world, again(world))
    wished(world, retiring(), first)
    whole = verify(world.engine.database).sound
    forged = [
        ("update lifecycle_offer set act = 'offer' where act = 'publish'", "act = 'publish' where id = 1"),
        ("update lifecycle_offer set key = 'x' where id = 1", f"key = '{KEY}' where id = 1"),
        ("update lifecycle_offer set person_id = null where id = 1", f"person_id = {second} where id = 1"),
        ("update lifecycle_offer set why = 'x' where id = 2", "why = 'Back to what works.' where id = 2"),
        ("update lifecycle_request set why = 'x' where id = 3", "why = 'It has had its time.' where id = 3"),
        ("update lifecycle_request set outcome = 'declined' where id = 1", "outcome = 'confirmed' where id = 1"),
    ]  # fmt: skip
    unseen = []
    for spoil, mend in forged:
        forge(world, spoil)
        if verify(world.engine.database).sound:
            unseen.append(spoil)
        forge(world, f"update {spoil.split()[1]} set {mend}")

    assert (whole, unseen, verify(world.engine.database).sound) == (True, [], True)


def test_a_version_entered_behind_the_register_is_found_once_the_register_tells(
    world: World,
) -> None:
    world.honest = False
    done(world, publishing(AFTER))
    forge(
        world,
        "insert into definition_version (key, version, digest, body, published_at) "
        f"select key, 'x', '{NEXT.digest}', body, published_at from definition_version where id = 1",
    )

    said = [each.sentence for each in verify(world.engine.database).differences]

    assert any("nothing on the trail tells of it" in each for each in said)


def test_another_lifecycle_put_in_the_place_of_what_waits_is_found_and_not_published(
    world: World,
) -> None:
    world.honest = False
    first, second = two(world)
    asked = wished(world, publishing(), first)
    forge(world, "update lifecycle_request set body = :body", body=AFTER.body)

    with pytest.raises(Invalid, match="not what was asked for"):
        confirmed(world, asked.waits, second)

    assert offered(world) == "5"
    (difference,) = verify(world.engine.database).differences
    assert "its body is" in difference.sentence


def test_what_was_published_in_the_place_of_what_was_asked_for_is_found_for_ever(
    world: World,
) -> None:
    world.honest = False
    first, second = two(world)
    asked = wished(world, publishing(), first)
    swap = "update lifecycle_request set body = :body, digest = :digest"
    forge(world, swap, body=AFTER.body, digest=AFTER.digest)
    confirmed(world, asked.waits, second)
    forge(world, swap, body=NEXT.body, digest=NEXT.digest)

    (difference,) = verify(world.engine.database).differences

    assert "does what nobody had asked for" in difference.sentence
