"""Who holds or held an office: another address or access given behind the engine is found."""

from sqlalchemy import text

from tests.support.world import World
from tests.workflow.audit.verification.house.forging import said_of, unseen
from workflow.people.accounts.access import end_access, restore_access
from workflow.people.accounts.details import change, details_of
from workflow.people.accounts.links import confirm


def test_a_forged_address_and_forged_access_of_an_office_holder_are_found(world: World) -> None:
    now, naledi, pieter = (
        world.engine.now(),
        world.person("naledi.khumalo"),
        world.person("pieter.vos"),
    )
    joao, elena, jane = (
        world.person(each) for each in ("joao.lima", "elena.petrova", "jane.okello")
    )
    with world.engine.transaction() as session:
        end_access(session, joao, "Left.", by=naledi, now=now)
        end_access(session, jane, "Away.", by=naledi, now=now)
        restore_access(session, jane, by=naledi, now=now)
        moved = details_of(session, elena)
        wish = type(moved)(moved.name, "elena@example.org")
        asked = change(session, elena, wish, by=naledi, now=now).waits or 0
        confirm(session, asked, by=pieter, now=now, mail=False)
        left = session.execute(
            text(f"select disabled_at from person where id = {joao}")
        ).scalar_one()

    sound = said_of(world)
    of = "update person set {} where id = {}"
    missed = unseen(world, [
        (of.format("email = 'attacker@example.org'", elena), of.format("email = 'elena@example.org'", elena)),
        (of.format("email = 'attacker@example.org'", pieter), of.format("email = 'pieter.vos@demo.example'", pieter)),
        (of.format("disabled_at = null", joao), of.format(f"disabled_at = '{left}'", joao)),
        (of.format(f"disabled_at = '{left}'", jane), of.format("disabled_at = null", jane)),
        (of.format(f"disabled_at = '{left}'", elena), of.format("disabled_at = null", elena)),
    ])  # fmt: skip

    assert (sound, missed) == ("", [])
