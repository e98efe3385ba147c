"""Where there are several lifecycles, a proposal begins with what they depend on and why each applies."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.attacks.rewriting import unclose
from tests.support.visitors import Enter, told, words
from tests.support.world import World
from tests.workflow.programmes.test_outline import REQUESTED
from workflow.audit import canonical
from workflow.engine.commands.open_case import publish
from workflow.engine.document_models import Document
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import appoint
from workflow.schema import METADATA

SHIPPED = Path("config/lifecycles")
NEW = "/proposals/new"


@pytest.fixture
def several(world: World) -> World:
    """The demo's house with every lifecycle that is shipped."""
    for name in ("emergency", "three-consents"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    return world


def test_where_there_is_one_lifecycle_nothing_is_asked_beforehand(enter: Enter) -> None:
    page = told(enter("joao.lima").get(NEW))

    assert "See which lifecycle applies" not in page
    assert "South-South programme, standard" in page


def test_three_questions_at_most_are_asked_and_every_lifecycle_says_why(
    several: World, enter: Enter
) -> None:
    answer = enter("joao.lima").get(NEW)
    page = told(answer)

    assert answer.status_code == 200
    assert "Problem:" not in page
    assert "Does it answer an emergency?" in page
    assert "Under which framework or fund?" in page
    assert "What does it cost about, in US dollars?" in page
    assert "How many countries" not in page
    assert "South-South programme, standard Applies For every programme." in page
    assert "India-UN Fund, emergency window Depends on what was left open" in page
    assert "Not said: it answers an emergency" in page
    assert "Not said: it asks the IBSA Fund" in page


def test_what_was_said_decides_which_one_applies_and_is_chosen_already(
    several: World, enter: Enter
) -> None:
    answer = enter("joao.lima").get(f"{NEW}?emergency=yes&cost=1000000&framework=")
    page = told(answer)

    assert answer.status_code == 200
    assert "India-UN Fund, emergency window Applies" in page
    assert "So it is: it costs at most USD 1,000,000" in page
    chosen = next(line for line in answer.text.splitlines() if "checked" in line)
    assert 'value="india-un-emergency"' in chosen


def test_what_it_is_not_for_says_why_not(several: World, enter: Enter) -> None:
    page = told(enter("joao.lima").get(f"{NEW}?emergency=yes&cost=1000001"))

    assert "India-UN Fund, emergency window Not for this" in page
    assert "Not so: it costs at most USD 1,000,000" in page
    assert "So it is: it answers an emergency" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("cost=a lot", "This is no whole number that can be used here."),
        ("cost=-1", "This is no whole number that can be used here."),
        ("emergency=perhaps", "Not a valid choice"),
        ("framework=F99", "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    several: World, enter: Enter, said: str, sentence: str
) -> None:
    answer = enter("joao.lima").get(f"{NEW}?{said}")

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_proposal_begins_on_the_lifecycle_that_was_chosen_with_what_was_said(
    several: World, enter: Enter
) -> None:
    submitter = enter("joao.lima")
    sent = {
        "title": "Flood", "party": several.party("moz"), "lifecycle": "india-un-emergency",
        "emergency": "yes", "cost": "900000", "framework": "",
    }  # fmt: skip

    answer = submitter.post(NEW, sent)
    form = told(submitter.get(answer.location, follow_redirects=True))

    assert answer.status_code == 303
    assert several.state("SSC-2026-001") == "appeal"
    assert "What happened, when, where" in form
    assert submitter.get("/programmes/SSC-2026-001").status_code == 200
    assert submitter.get("/histories/SSC-2026-001").status_code == 200


def test_the_list_leads_to_the_form_of_whichever_lifecycle_was_chosen(
    several: World, enter: Enter
) -> None:
    submitter = enter("joao.lima")
    sent = {"title": "Flood", "party": several.party("moz"), "lifecycle": "india-un-emergency"}
    submitter.post(NEW, sent)

    listed = submitter.page("/proposals")
    led = re.search(r'href="([^"]+)">Flood</a>', listed)
    assert led is not None
    form = submitter.get(led[1], follow_redirects=True)

    assert form.status_code == 200
    assert "What happened, when, where" in told(form)
    assert ">Proposals</a>" in form.text


def test_the_pages_of_a_case_call_roles_as_its_lifecycle_does(several: World, enter: Enter) -> None:
    submitter = enter("joao.lima")
    sent = {"title": "Flood", "party": several.party("moz"), "lifecycle": "india-un-emergency"}
    submitter.post(NEW, sent)

    pages = [
        told(submitter.get(f"/programmes/SSC-2026-001{under}", follow_redirects=True))
        for under in ("", "/rounds/appealing/1")
    ]

    assert ["Government in need" in page for page in pages] == [True, True]
    assert not any("Submitter, Mozambique" in page for page in pages), (
        "nor what they are signed in as"
    )
    assert "Submitter, Mozambique" in told(submitter.get("/"))


def test_what_was_typed_stays_when_one_looks_which_lifecycle_applies(
    several: World, enter: Enter
) -> None:
    sent = {
        "title": "Flood", "party": several.party("moz"), "see": "yes",
        "emergency": "yes", "cost": "900000", "lifecycle": "programme-standard",
    }  # fmt: skip

    answer = enter("joao.lima").post(NEW, sent)

    assert answer.status_code == 200
    assert 'value="Flood"' in answer.text
    chosen = next(line for line in answer.text.splitlines() if "checked" in line)
    assert 'value="india-un-emergency"' in chosen
    assert "Problem:" not in words(answer)


def test_nobody_begins_what_their_answers_speak_against_without_having_seen_it(
    several: World, enter: Enter
) -> None:
    submitter = enter("joao.lima")
    sent = {
        "title": "Flood", "party": several.party("moz"), "emergency": "yes", "cost": "900000",
        "lifecycle": "programme-standard",
    }  # fmt: skip

    told = submitter.post(NEW, sent)
    kept = submitter.post(NEW, {**sent, "weighed": "india-un-emergency"})

    assert told.status_code == 422
    assert "By what you said, another lifecycle applies." in words(told)
    assert 'value="Flood"' in told.text
    assert kept.status_code == 303, "whoever saw it chooses as they will"


def test_only_frameworks_that_last_are_asked_for(several: World, enter: Enter) -> None:
    page = words(enter("joao.lima").get(NEW))

    assert "Strategic framework of UNOSSC, 2022–2025" in page, "which was extended"
    assert "Strategic framework of UNOSSC, 2018–2021" not in page


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [("india-un-emergency", {}), ("ibsa-three-consents", {"F7"}), ("programme-standard", {"F7"})],
)
def test_a_framework_that_was_said_goes_into_the_form_that_asks_for_one_and_stops_no_other(
    several: World, enter: Enter, chosen: str, kept: set[str]
) -> None:
    sent = {"title": "Flood", "party": several.party("moz"), "lifecycle": chosen, "framework": "F7"}

    answer = enter("joao.lima").post(NEW, sent)

    assert answer.status_code == 303
    with several.engine.reading() as session:
        body = canonical.parse(session.scalars(select(Document.body)).one())
    assert {body.get("framework")} - {None} == set(kept)


def test_whoever_proposes_in_a_role_of_another_lifecycle_finds_list_and_form(
    world: World, enter: Enter
) -> None:
    publish(world.engine, REQUESTED)
    with world.engine.transaction() as session:
        appoint(
            session, world.person("graca.mabunda"), "requester", world.party("moz"),
            world.clock().date(), by=None, now=world.clock(),
        )  # fmt: skip
    graca = enter("graca.mabunda")
    sent = {"title": "Flood", "party": world.party("moz"), "lifecycle": "requested"}

    home, listed = graca.page("/"), told(graca.get("/proposals"))
    answer = graca.post(NEW, sent)

    assert 'href="/proposals/new"' in home
    assert "Start a proposal" in listed
    assert answer.status_code == 303
    assert "Flood" in words(graca.get("/proposals"))


def test_a_case_goes_through_the_stages_of_its_lifecycle_and_no_others(
    several: World, enter: Enter
) -> None:
    submitter = enter("joao.lima")
    sent = {"title": "Flood", "party": several.party("moz"), "lifecycle": "india-un-emergency"}
    submitter.post(NEW, sent)

    strips = [
        submitter.page(f"/programmes/SSC-2026-001{under}").partition('class="stages"')[2]
        for under in ("", "/rounds/appealing/1")
    ]

    named = [re.findall(r"stage__name\">(\w+)<", strip.partition("</ol>")[0]) for strip in strips]
    assert named == [["Proposal", "Approval", "Implementation"]] * 2


def test_every_question_can_be_left_open(several: World, enter: Enter) -> None:
    seen = enter("joao.lima").get(f"{NEW}?emergency=&framework=&cost=")

    assert seen.status_code == 200
    assert "Problem:" not in words(seen)


def test_what_the_page_itself_would_send_begins_a_proposal(several: World, enter: Enter) -> None:
    sent = {
        "title": "Flood", "party": several.party("moz"), "lifecycle": "programme-standard",
        "emergency": "", "framework": "", "cost": "", "weighed": "programme-standard",
    }  # fmt: skip

    assert enter("joao.lima").post(NEW, sent).status_code == 303


@pytest.mark.parametrize("cost", ["900,000", "900 000", "900’000", " 900000 "])
def test_a_cost_is_read_as_people_write_it(several: World, enter: Enter, cost: str) -> None:
    page = told(enter("joao.lima").get(NEW, query_string={"emergency": "yes", "cost": cost}))

    assert "So it is: it costs at most USD 1,000,000" in page


@pytest.mark.parametrize("chosen", ["", "weather"])
def test_a_lifecycle_has_to_be_chosen_and_be_there(
    several: World, enter: Enter, chosen: str
) -> None:
    sent = {"title": "Flood", "party": several.party("moz"), "lifecycle": chosen}

    answer = enter("joao.lima").post(NEW, sent)

    assert answer.status_code == 422
    assert 'value="Flood"' in answer.text
    assert {"": "Choose a lifecycle.", "weather": "Not a valid choice"}[chosen] in words(answer)


def test_before_any_lifecycle_is_published_the_page_says_so(world: World, enter: Enter) -> None:
    declared = (
        "facts_document", "private_state", "decided_state", "closed_role", "writing_office",
        "personal_round", "definition_version",
    )  # fmt: skip
    with world.engine.database.begin() as connection:
        unclose(connection)
        for name in declared:
            connection.execute(delete(METADATA.tables[name]))
    submitter = enter("joao.lima")

    shown = submitter.get(NEW)
    sent = submitter.post(NEW, {"title": "Flood", "party": world.party("moz")})

    assert [shown.status_code, sent.status_code] == [404, 404]
    assert "No lifecycle is offered." in words(shown)


def test_what_is_left_open_is_no_fault(several: World, enter: Enter) -> None:
    page = enter("joao.lima").get(f"{NEW}?emergency=&framework=&cost=")

    assert page.status_code == 200
    assert "Problem:" not in told(page)


def test_a_form_sent_again_with_another_lifecycle_is_not_taken_for_the_same(
    several: World, enter: Enter
) -> None:
    submitter = enter("joao.lima")
    sent = {"title": "Flood", "party": several.party("moz"), "key": "k1", "cost": ""}

    first = submitter.post(NEW, {**sent, "lifecycle": "india-un-emergency"})
    again = submitter.post(NEW, {**sent, "lifecycle": "india-un-emergency"})
    other = submitter.post(NEW, {**sent, "lifecycle": "programme-standard"})

    assert first.location == again.location
    assert other.status_code == 409
    assert "This form was already sent with other content." in words(other)
