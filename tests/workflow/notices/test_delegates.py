"""Whoever acts for a holder is told as well, and why; and how a letter of silence is found."""

from datetime import timedelta

import pytest

from tests.support.world import NURSES, World
from tests.web.reviews.test_silence_page import under_silence
from tests.workflow.engine.permissions.test_mandates import mandate
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import RENDERER, asked
from tests.workflow.notices.test_outbox import CONSULTATION, told
from workflow.background import mailer_of
from workflow.demo import path
from workflow.engine.commands.settle_due import sweep

DAY = timedelta(days=1)


def heard(world: World, ref: str, kind: str = "seat_opened") -> dict[str, str]:
    """Why each person was told of the consultation."""
    return {who: because for who, because, _ in told(world, ref, kind, CONSULTATION)}


def test_whoever_acts_for_a_holder_is_told_that_the_seat_is_asked(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "priya.menon", "domingos.neto")

    path.screen(world, ref, NURSES)

    assert heard(world, ref)["domingos.neto"] == "mandate"
    assert heard(world, ref)["priya.menon"] == "holder"


@pytest.mark.parametrize(
    ("scope", "reaches"),
    [
        ("round:consultation", True),
        ("round:screening", False),
        ("case:SSC-2026-001", True),
        ("case:SSC-1900-001", False),
    ],
)
def test_a_mandate_for_something_else_brings_no_notice(
    world: World, scope: str, reaches: bool
) -> None:
    ref = world.programme("screening")
    assert ref == "SSC-2026-001"
    mandate(world, "priya.menon", "domingos.neto", scope=scope)

    path.screen(world, ref, NURSES)

    assert ("domingos.neto" in heard(world, ref)) is reaches


def test_a_mandate_of_another_day_brings_no_notice(world: World) -> None:
    ref = world.programme("screening")
    later = world.engine.now().date() + 90 * DAY
    mandate(world, "priya.menon", "domingos.neto", starts_on=later, ends_on=later)

    path.screen(world, ref, NURSES)

    assert "domingos.neto" not in heard(world, ref)


def test_whoever_acts_for_a_holder_is_reminded(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=23, hours=1)
    mandate(world, "priya.menon", "domingos.neto")

    sweep(world.engine)

    assert heard(world, ref, "reminder")["domingos.neto"] == "mandate"


def test_the_letter_says_for_whom_they_act(world: World) -> None:
    mandate(world, "priya.menon", "domingos.neto", ends_on=world.engine.now().date() + 90 * DAY)
    asked(world)
    office = Office()

    with open_office(office, a_free_port()) as address:
        mailer_of(world.engine, address, RENDERER).deliver()

    letter = next(each for each in office.letters if "domingos.neto" in each["To"])
    plain = letter.get_body(("plain",))
    assert plain is not None
    assert "because you act for the focal point of India, under a mandate" in plain.get_content()


def test_the_mail_of_a_silence_leads_to_the_letter_of_its_party(world: World) -> None:
    world.engine.owe_mail()
    ref = under_silence(world)
    office = Office()

    with open_office(office, a_free_port()) as address:
        mailer_of(world.engine, address, RENDERER).deliver()

    at = f"https://prime.example/programmes/{ref}/rounds/decision_by_silence/1/letters/bra"
    letters = [each for each in office.letters if "carla.duarte" in each["To"]]
    (letter,) = [each for each in letters if "without an objection" in each["Subject"]]
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert at in plain.get_content()
    assert f'href="{at}"' in html.get_content()
    assert "It ends at " in plain.get_content()
