"""An officer takes a programme of elsewhere up in the browser, from its row to its first round here."""

import io
import re
from typing import Any

from werkzeug.test import TestResponse

from tests.support.deciding import decide
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from tests.workflow.programmes.records import (
    ADOPTABLE,
    CONFIRMING,
    REAL,
    bring_papers,
    import_all,
    write_record,
)
from web.adoption.words import COLUMNS
from workflow.programmes.adoption import acts
from workflow.programmes.imports.rows import COLUMNS as ROW_COLUMNS

PAGE = f"/programmes/{ADOPTABLE}/record"
EFFORT = f"/programmes/{ADOPTABLE}/same-effort"
OFFICER, HEAD = "jane.okello", "elena.petrova"
BOTH = ("SSC-P077", "SSC-P078")


def act(who: Visitor, address: str, name: str, record: str, reason: str = "") -> TestResponse:
    """One act on a record of the same effort."""
    return who.post(address, {"act": name, "record": record, "reason": reason})


def paper(kind: str, name: str = "paper.pdf", day: str = "2014-03-02") -> dict[str, Any]:
    content = io.BytesIO(b"%PDF-1.4\n%%EOF\n")
    return {"kind": kind, "dated": day, "file": (content, name)}


def test_an_import_is_taken_into_management_page_by_page(world: World, enter: Enter) -> None:
    officer = enter(OFFICER)
    assert "Take into management" in officer.page(f"/programmes/{ADOPTABLE}")
    placed = {
        "state": "active",
        "executing_agency": "undp",
        "beneficiary": ["cpv"],
        "lead": ["bra"],
    }
    assert officer.post(f"{PAGE}/place", placed, page=PAGE).status_code == 303
    for kind in ("project_document", "annual_work_plan"):
        assert officer.post(f"{PAGE}/papers", paper(kind), page=PAGE).status_code == 303
    form = f"/programmes/{ADOPTABLE}/documents/adoption_record/edit/record"
    assert "Beneficiary countries" in officer.page(form)
    write_record(world, ADOPTABLE, OFFICER)

    asked = f"/programmes/{ADOPTABLE}/initiatives/adoption"
    before = words(officer.get(asked))
    opened = decide(officer, asked, {"reason": "It goes on."})
    for who in CONFIRMING:
        world.answer(ADOPTABLE, "adoption", who, "confirm")

    assert opened.status_code == 303
    for strip in (before, words(officer.get(f"/programmes/{ADOPTABLE}/rounds/adoption/1"))):
        assert len(re.findall(r'stage__note">\s*not recorded here', strip)) == 3
    page = officer.page(f"/programmes/{ADOPTABLE}")
    assert "Take into management" not in page
    assert "brought in, dated" in page
    assert "the facts are those that were confirmed" in page
    assert "1 January 2012 – 2028" in page
    assert "not recorded here" in page
    assert "Taken into management" in officer.page(f"/histories/{ADOPTABLE}")
    for address in (
        f"/programmes/{ADOPTABLE}/documents/project_document",
        f"/histories/{ADOPTABLE}/on/{world.engine.now().date()}",
    ):
        assert "brought in, dated" in officer.page(address)


def test_the_page_shows_the_source_and_what_is_missing(enter: Enter) -> None:
    page = enter(OFFICER).page(PAGE)

    for said in ("In the source", "Brazil", "it is not brought in", "not filed yet"):
        assert said in page or said == "Brazil"
    assert "Project document" in page
    assert 'data-filter="Find a country"' in page
    assert re.search(r'type="checkbox" id="beneficiary-\w{3}"[^>]* checked', page)
    assert page.count("<select") == 3


def test_what_is_wrong_is_said_at_its_field(enter: Enter) -> None:
    officer = enter(OFFICER)
    faults: tuple[tuple[str, dict[str, str], str], ...] = (
        ("place", {"state": "appraisal", "executing_agency": ""}, "Not a valid choice"),
        ("place", {"state": "active", "executing_agency": "nobody"}, "Not a valid choice"),
        ("place", {"state": "active", "executing_agency": ""}, "Choose at least one country"),
        ("papers", {"kind": "project_document", "dated": "2014-02-30"}, "Not a valid date"),
        ("papers", {"kind": "project_document", "dated": ""}, "Enter the day"),
        ("papers", {"kind": "project_document", "dated": "2031-01-01"}, "Choose a file first"),
    )

    for address, sent, said in faults:
        answer = officer.post(f"{PAGE}/{address}", sent, page=PAGE)

        assert answer.status_code == 422, sent
        assert said in words(answer)


def test_what_could_be_no_fact_is_refused_at_the_lines_and_kept(enter: Enter) -> None:
    officer = enter(OFFICER)
    form = f"/programmes/{ADOPTABLE}/documents/adoption_record/edit/record"
    sent = {
        "field-why": "It goes on.", "field-fields-0-field": "End", "field-fields-0-proposed": "soon",
        "field-fields-0-evidence": "Somebody said so",
    }  # fmt: skip

    answer = officer.post(form, sent, page=form)

    assert answer.status_code == 422
    assert "End: write a day, a month or a year" in words(answer)
    assert 'href="#field-fields"' in words(answer)
    assert 'value="soon"' in words(answer)


def test_a_day_to_come_is_refused_at_its_field(enter: Enter) -> None:
    sent = paper("project_document", day="2031-01-01")

    answer = enter(OFFICER).post(f"{PAGE}/papers", sent, page=PAGE)

    assert answer.status_code == 422
    assert "cannot bear a day to come" in words(answer)


def chosen(visitor: Visitor, act: str, *, confirmed: bool = False) -> Any:
    sent: dict[str, Any] = {"ref": list(BOTH), "act": act, "reason": "Nothing more is known."}
    if confirmed:
        sent["confirmed"] = "yes"
    return visitor.post("/records", sent)


def test_several_are_looked_at_before_anything_is_done(world: World, enter: Enter) -> None:
    officer = enter(OFFICER)
    before = [world.version(ref) for ref in BOTH]

    looked = chosen(officer, "record_only")

    assert "It is possible with 2 records" in words(looked)
    assert [world.version(ref) for ref in BOTH] == before
    assert chosen(officer, "record_only", confirmed=True).status_code == 303
    kept = officer.page("/records?kept=yes")
    assert all(ref in kept for ref in BOTH)
    assert "kept as a record only" in officer.page(f"/programmes/{BOTH[0]}")


def test_what_is_not_whole_is_left_out_with_what_is_missing(world: World, enter: Enter) -> None:
    page = words(chosen(enter(OFFICER), "adoption"))

    assert "It is possible with 0 records" in page
    assert "Left out, because of:" in page


def test_a_list_is_narrowed_and_an_act_without_a_choice_is_refused(enter: Enter) -> None:
    officer = enter(OFFICER)

    narrowed = officer.page("/records?state=signature&fund=IBSA+Fund")
    nothing = officer.post("/records", {"act": "record_only", "reason": "x"})
    unsaid = officer.post("/records", {"ref": list(BOTH), "act": "record_only", "reason": " "})

    assert "SSC-P028" in narrowed
    assert "SSC-P098" not in narrowed
    assert (nothing.status_code, unsaid.status_code) == (422, 422)
    assert "Choose at least one record" in words(nothing)


def test_records_that_are_being_confirmed_say_since_when_and_who_owes_it(
    world: World, enter: Enter
) -> None:
    write_record(world, ADOPTABLE, OFFICER)
    bring_papers(world, ADOPTABLE, OFFICER)
    acts.put(world.engine, world.person(OFFICER), ADOPTABLE, "adoption", "It goes on.")
    world.answer(ADOPTABLE, "adoption", "kenji.watanabe", "confirm")
    officer, asked = enter(OFFICER), f"/programmes/{ADOPTABLE}/rounds/adoption/1"

    listed = words(officer.get("/records"))
    page = officer.page(PAGE)
    looked = words(officer.post("/records", {"ref": ADOPTABLE, "act": "adoption", "reason": "x"}))
    merging = {"ref": ADOPTABLE, "act": "merge", "into": BOTH[0], "reason": "x"}

    assert f'<a href="{asked}">being confirmed since <time datetime="2026-03-02' in listed
    assert "still owed by Special Unit for South-South Cooperation, Cabo Verde and Brazil" in listed
    assert listed.count("still owed by") == 1
    assert page.count("before those who confirm it already: “Confirmation of the record”") == 2
    assert "before those who confirm it already" in looked
    assert "it can be merged after that" in words(officer.post("/records", merging))


def test_an_act_leads_back_to_the_list_as_it_was_narrowed(enter: Enter) -> None:
    officer = enter(OFFICER)
    narrowed = "/records?state=active&fund=PGTF+%26+more&q=drought"
    sent = {"ref": BOTH[0], "act": "record_only", "reason": "Nothing more is known."}
    shown = officer.page(narrowed)

    looked = words(officer.post(narrowed, sent))
    done = officer.post(narrowed, {**sent, "confirmed": "yes"})

    assert "No record stands here" in shown
    assert f'href="{narrowed}"' in looked
    assert f'action="{narrowed}"' in looked
    assert done.headers["Location"] == narrowed


def test_every_column_of_a_later_record_is_called_by_a_name() -> None:
    assert set(COLUMNS) >= set(ROW_COLUMNS) - {"id"}


def test_others_neither_see_the_pages_nor_an_offer(world: World, enter: Enter) -> None:
    stranger = enter("kenji.watanabe")

    assert stranger.get(PAGE).status_code == 403
    assert stranger.get("/records").status_code == 403
    assert "Take into management" not in stranger.page(f"/programmes/{ADOPTABLE}")


def test_what_is_managed_has_no_such_page(world: World, enter: Enter) -> None:
    ref = world.programme("draft")

    assert enter(OFFICER).get(f"/programmes/{ref}/record").status_code in {404, 409}


def test_a_record_placed_meanwhile_is_not_placed_over(world: World, enter: Enter) -> None:
    officer = enter(OFFICER)
    hidden = officer.hidden(PAGE)
    bring_papers(world, ADOPTABLE, OFFICER)
    placed = {"executing_agency": "", "beneficiary": ["cpv"]}
    officer.post(f"{PAGE}/place", {"state": "inception", **placed}, page=PAGE)

    stale = officer.flask.post(
        f"{PAGE}/place", data={**hidden, "state": "active", "executing_agency": ""}
    )

    assert stale.status_code == 409
    assert world.state(ADOPTABLE) == "inception"


def test_what_a_later_file_says_is_accepted_on_its_page(world: World, enter: Enter) -> None:
    officer = enter(OFFICER)
    chosen(officer, "record_only", confirmed=True)
    later = REAL.read_bytes().replace(b"Africa-Asia drought adaptation", b"Renamed elsewhere")
    import_all(world, later)
    page = "/records/differences"
    assert "Renamed elsewhere" in officer.page(page)
    (action,) = re.findall(r'action="(/records/differences/[^"]+)"', officer.page(page))

    stale = officer.post(action, {"reason": "As told.", "seen_version": "0"}, page=page)
    done = officer.post(action, {"accept": "yes"}, page=page)

    assert (stale.status_code, ">As told.</textarea>" in words(stale)) == (422, True)
    assert done.status_code == 303
    assert "Renamed elsewhere" in officer.page(f"/programmes/{BOTH[0]}")
    assert "No later record waits" in officer.page(page)
    assert enter("kenji.watanabe").get(page).status_code == 403


def test_records_of_one_effort_are_merged_by_two_and_lead_to_each_other(enter: Enter) -> None:
    officer, head, address = enter(OFFICER), enter(HEAD), EFFORT
    sent = {"ref": list(BOTH), "act": "merge", "into": ADOPTABLE, "reason": "One effort."}
    wrong = officer.post("/records", {**sent, "into": "SSC-NONE", "confirmed": "yes"}, follow=True)

    done = officer.post("/records", {**sent, "confirmed": "yes"})
    own = act(officer, address, "confirm", BOTH[0])
    alone = officer.page(f"/programmes/{ADOPTABLE}")
    confirmed = [act(head, address, "confirm", ref).status_code for ref in BOTH]

    assert "No programme is called" in words(wrong)
    assert done.status_code == 303
    assert (own.status_code, "somebody else has to confirm it" in words(own)) == (403, True)
    assert BOTH[0] not in alone
    assert confirmed == [303, 303]
    parent = officer.page(f"/programmes/{ADOPTABLE}")
    assert all(f"/programmes/{ref}" in parent for ref in BOTH)
    assert f"/programmes/{ADOPTABLE}" in officer.page(f"/programmes/{BOTH[0]}")


def test_what_is_proposed_on_the_page_of_a_programme_is_declined_or_let_go_with_a_reason(
    enter: Enter,
) -> None:
    officer, head, address = enter(OFFICER), enter(HEAD), EFFORT
    unknown = act(officer, address, "propose", "SSC-NONE", "One effort.")
    proposed = act(officer, address, "propose", BOTH[0], "One effort.")
    unexplained = act(head, address, "decline", BOTH[0])
    declined = act(head, address, "decline", BOTH[0], "They only share a fund.")
    act(officer, address, "propose", BOTH[0], "One effort, as its evaluation says.")
    act(head, address, "confirm", BOTH[0])
    kept = officer.page(address)
    let_go = act(officer, address, "let_go", BOTH[0], "It was another effort.")

    assert (unknown.status_code, "SSC-NONE" in words(unknown)) == (404, True)
    assert [each.status_code for each in (proposed, declined, let_go)] == [303, 303, 303]
    assert unexplained.status_code == 422
    assert "Kept under this programme" in kept
    assert "No record came under this programme" in officer.page(address)
    auditor = enter("marie.laurent")
    assert "They only share a fund." in auditor.page(f"/histories/{BOTH[0]}")
    assert f"let go {BOTH[0]}" in auditor.page(f"/histories/{ADOPTABLE}")


def test_whoever_is_no_officer_reads_what_came_under_a_programme_and_acts_on_nothing(
    enter: Enter,
) -> None:
    act(enter(OFFICER), EFFORT, "propose", BOTH[0], "One effort.")
    reader = enter("kenji.watanabe")

    page, sent = reader.page(EFFORT), act(reader, EFFORT, "confirm", BOTH[0])

    assert "Propose a record" not in page
    assert "Take it in" not in page
    assert sent.status_code == 403


def test_a_merging_that_cannot_be_is_said_before_anything_is_done(enter: Enter) -> None:
    officer = enter(OFFICER)
    sent = {"ref": list(BOTH), "act": "merge", "reason": "One effort."}

    unsaid = officer.post("/records", {**sent, "into": " "})
    unknown = officer.post("/records", {**sent, "into": "SSC-NONE"})
    itself = officer.post("/records", {**sent, "into": BOTH[0]})

    assert (unsaid.status_code, "This is needed." in words(unsaid)) == (422, True)
    assert "It is possible with 0 records" in words(unknown)
    assert "No programme is called" in words(unknown)
    assert "It is possible with 1 record" in words(itself)
    assert "does not stand under itself" in words(itself)
