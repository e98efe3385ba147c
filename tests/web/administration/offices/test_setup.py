"""The set-up page and what is told before a proposal goes on, as each person sees it."""

import re
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from tests.support.statements import asked
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.offices.test_setup import OTHER
from workflow.engine.commands.open_case import publish
from workflow.frameworks.models import FrameworkTerms
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.people.models import Appointment, Party

SETUP = "/office/setup"
FOLDER = Path("config/lifecycles")


def end(world: World, role: str) -> None:
    world.honest = False
    yesterday = world.engine.now().date() - timedelta(days=1)
    with world.engine.transaction() as session:
        held = update(Appointment).where(Appointment.role == role)
        session.execute(held.values(ends_on=yesterday))


def test_an_empty_office_stops_a_proposal_and_says_where_to_mend_it(
    world: World, enter: Enter
) -> None:
    naledi = enter("naledi.khumalo")
    before = naledi.page(SETUP)

    end(world, "pac_chair")
    after = naledi.page(SETUP)

    assert "Somebody as Appraisal committee chair" not in before
    assert "Somebody as Appraisal committee chair" in after
    assert "stops: 1 thing is missing" in after
    assert 'href="/office/people?role=pac_chair&party=special-unit"' in after


def test_a_board_for_which_nobody_sits_stops_a_proposal(world: World, enter: Enter) -> None:
    naledi = enter("naledi.khumalo")
    before = naledi.page(SETUP)
    assert "India · Board of the Special Unit" in before

    end(world, "board_member")
    after = naledi.page(SETUP)

    assert "cannot decide" not in before
    assert "Board of the Special Unit cannot decide" in after
    assert "Nobody is in office as Board member for Brazil." in after
    assert "A second factor" in after
    assert "in no release yet" in after
    assert 'href="/help"' in after
    assert 'href="/office/bodies"' in after


def test_every_lifecycle_that_is_offered_is_asked_for_its_offices(
    world: World, enter: Enter
) -> None:
    publish(world.engine, OTHER)

    page = enter("naledi.khumalo").page(SETUP)

    assert "Somebody as Treasurer" in page
    assert "“Full document” of “India-UN Fund, emergency window” asks this office." in page
    assert 'href="/office/people?role=treasurer&party=special-unit"' in page
    assert "India-UN Fund, emergency window, version 1" in page


def test_a_fund_and_a_party_that_lifecycles_name_are_asked_for_where_they_are_entered(
    world: World, enter: Enter
) -> None:
    naledi = enter("naledi.khumalo")
    before = naledi.page(SETUP)
    asked = {"role": "unit_officer", "of": "office:innovation-lab"}
    publish(world.engine, load_file(FOLDER / "three-consents.toml"))
    publish(
        world.engine, from_tables(edited(put("rules/screening_check/seats/0", asked)), "x.toml")
    )

    page = naledi.page(SETUP)

    for missing in ("fund with the key “ibsa”", "party with the key “innovation-lab”"):
        assert missing not in before
        assert missing in page


def test_a_vacant_office_stands_first_with_the_case_that_waits(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    end(world, "unit_officer")

    page = enter("naledi.khumalo").page(SETUP)

    assert "1 seat waits" in page
    assert f'href="/programmes/{ref}"' in page
    assert page.index("vacant") < page.index("filled")


def test_an_agency_that_executes_and_a_framework_in_force_are_asked_for_where_they_are_entered(
    world: World, enter: Enter
) -> None:
    world.honest = False
    naledi = enter("naledi.khumalo")
    before = naledi.page(SETUP)
    yesterday = world.engine.now().date() - timedelta(days=1)
    with world.engine.transaction() as session:
        session.execute(update(Party).values(executes=False))
        over = {"starts_on": yesterday, "ends_on": yesterday}
        session.execute(update(FrameworkTerms).values(**over))

    after = naledi.page(SETUP)

    for act, address in (
        ("Enter an organisation", "/office/parties"),
        ("Enter a framework", "/office/frameworks"),
    ):
        assert act not in before
        assert re.search(rf'href="{address}">{act}<', after)


def test_the_page_asks_little_of_the_database(world: World, enter: Enter) -> None:
    world.programme("screening")
    naledi = enter("naledi.khumalo")
    naledi.page(SETUP)

    with asked(world.engine.database) as found:
        naledi.page(SETUP)

    # Thirteen of these are for the people of the lifecycle that is offered.
    assert found.read <= 33, found.told()


def test_the_page_names_whom_nobody_can_replace(enter: Enter) -> None:
    page = enter("naledi.khumalo").page(SETUP)

    assert (
        "If Amina Diallo leaves, nobody can answer: Presentation of the project document." in page
    )
    assert 'href="/lifecycles/programme-standard/staffing"' in page


def test_the_record_says_what_was_set_up_by_whom(world: World, enter: Enter) -> None:
    said = enter("naledi.khumalo").page(f"{SETUP}/record")
    page = " ".join(re.sub("<[^>]*>", "", said).split())

    assert "Naledi Khumalo was appointed Administrator" in page
    assert "entered when the house was set up" in page


def test_the_pages_are_closed_to_everybody_else(enter: Enter) -> None:
    elena = enter("elena.petrova")

    assert [elena.get(each).status_code for each in (SETUP, f"{SETUP}/record")] == [403, 403]


def test_a_submitter_and_a_screener_are_told_which_office_is_empty(
    world: World, enter: Enter
) -> None:
    draft, submitted = world.programme("draft"), None
    end(world, "pac_chair")
    check = f"/programmes/{draft}/documents/proposal/edit/check-and-submit"

    told = enter("joao.lima").page(check)
    submitted = world.programme("screening")
    jane = enter("jane.okello")
    screened = words(jane.get(f"/programmes/{submitted}/rounds/screening/1"))
    asking = words(jane.get(f"/programmes/{submitted}/initiatives/consent"))

    assert "office that it will need" not in asking, "which lets nothing go on"
    for page in (told, screened):
        assert "1 office that it will need is empty" in page
        assert "Appraisal committee chair" in page
