"""What administrators did, as a reader of the register finds it."""

from datetime import date

from tests.support.world import World
from tests.workflow.history.test_reader import lines
from workflow.people.accounts.access import end_access, restore_access, sign_out_everywhere
from workflow.people.accounts.details import Details, change, enter
from workflow.people.accounts.invitations import invite
from workflow.people.register import REGISTER
from workflow.people.terms.requests import (
    EXTEND,
    MAKE,
    OfficeWish,
    carry_out,
    confirm,
    decline,
    wish_about,
)


def test_the_register_says_what_administrators_did(world: World) -> None:
    now, board = world.engine.now(), ("board_member",)
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        amina = enter(session, Details("Amina", "amina@example.org"), "x", by=naledi, now=now)
        change(session, amina, Details("Amina Sow", "a@example.org"), by=naledi, now=now)
        invite(session, amina, by=naledi, now=now)
        end_access(session, amina, "Left for Geneva.", by=naledi, now=now)
        restore_access(session, amina, by=naledi, now=now)
        sign_out_everywhere(session, amina, by=naledi, now=now)
        wish = OfficeWish(
            MAKE, amina, "board_member", 1, now.date(), date(2026, 12, 31), "OC/2026/17"
        )
        asked = carry_out(session, wish, by=naledi, now=now, two_for=board).waits or 0
        made = confirm(session, asked, by=pieter, now=now)
        longer = wish_about(session, made, EXTEND, None)
        asked = carry_out(session, longer, by=naledi, now=now, two_for=board).waits or 0
        decline(session, asked, "Not yet.", by=pieter, now=now)
        asked = carry_out(session, longer, by=naledi, now=now, two_for=board).waits or 0
    world.engine.at_terminal()
    with world.engine.transaction() as session:
        confirm(session, asked, by=pieter, now=now)

    told = {kind: (str(each.says), each) for kind, each in lines(world, REGISTER).items()}
    assert told["person.entered"][0] == "Naledi Khumalo entered Amina"
    assert told["person.changed"][0] == (
        "Naledi Khumalo changed of Amina Sow: name and e-mail address"
    )
    assert told["person.invited"][0] == "Naledi Khumalo invited Amina Sow to choose a password"
    assert told["access.ended"][1].reason == "Left for Geneva."
    assert told["access.restored"][0] == "Naledi Khumalo restored the access of Amina Sow"
    assert told["sessions.ended"][0] == "Naledi Khumalo signed Amina Sow out everywhere"
    assert told["act.asked"][0].startswith("Naledi Khumalo asked to extend the appointment of")
    assert told["act.confirmed"][0].startswith("Pieter Vos confirmed that Amina Sow goes on as")
    assert str(told["act.confirmed"][1].under[1]) == "asked for by Naledi Khumalo"
    assert told["act.declined"][1].reason == "Not yet."
    assert "by the letter OC/2026/17" in map(str, told["appointment.made"][1].under)
    assert told["appointment.extended"][0].endswith("goes on without an end")
    assert str(told["appointment.extended"][1].under[-1]) == (
        "at the command line of the machine, which asks nobody who they are; said to be Pieter Vos"
    )
