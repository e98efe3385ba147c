"""What does not fit together is told at its field, with the text kept, and is not signed or filed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import NURSES, PROPOSAL, TEXTS, World
from tests.workflow.lifecycles.evaluations.evaluated import RESPONSE, asked_for
from workflow.demo import path
from workflow.engine.commands import OpenRound, initiate

CHECK = "check-and-submit"
PROJECT = TEXTS["project_document"]
# Each a proposal that was taken before, with the field and the sentence that stop it now.
UNSIGNED: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "lines of five against a total of one": (
        {"budget": [{"source": "India", "amount": "5"}], "total_cost": "1"},
        "total_cost", "Budget: The budget lines differ from the total by USD 4",
    ),
    "an end before its start": (
        {"planned_end": "2026-12-31"},
        "planned_end", "Period: The end does not come after the start",
    ),
    "a framework that is not in force": (
        {"framework": "F1"},
        "planned_start", "Period: It starts while its framework is not in force",
    ),
    "overheads of a fifth": (
        {"budget": [
            {"source": "India", "nature": "overhead", "amount": "77000"},
            {"source": "India", "nature": "matching", "amount": "308000"},
        ]},
        "budget", "Budget: Overheads are more than 15 per cent of the total by USD 19,250",
    ),
    "a triangular programme without a donor": (
        {"modality": "triangular", "donors": []},
        "donors", "Partners: A triangular programme names a donor; here is none",
    ),
    "two donors as a joint programme": (
        {"modality": "multi_country_joint", "participating_countries": ["NOR", "DEU"]},
        "participating_countries",
        "Title and countries: Fewer than two developing countries take part",
    ),
    "a country that has not agreed": (
        {"agreements": []},
        "agreements", "Title and countries: Each other country agrees once; not so here: Angola",
    ),
    "a donor among those who benefit": (
        {"participating_countries": ["MOZ", "AGO", "NOR"]},
        "participating_countries",
        "Title and countries: A donor country benefits; donors join as partners",
    ),
}  # fmt: skip


def edit(ref: str, kind: str, section: str) -> str:
    return f"/programmes/{ref}/documents/{kind}/edit/{section}"


def typed(content: Mapping[str, Any]) -> dict[str, str]:
    """What a form of these fields would send."""
    sent: dict[str, str] = {}
    for key, value in content.items():
        if isinstance(value, list):
            for at, row in enumerate(value):
                sent |= {f"field-{key}-{at}-{column}": cell for column, cell in row.items()}
        else:
            sent[f"field-{key}"] = value
    return sent


@pytest.fixture
def submitter(enter: Enter) -> Visitor:
    return enter("joao.lima")


def test_a_proposal_that_does_not_fit_together_is_not_signed_and_says_at_which_field(
    world: World, submitter: Visitor
) -> None:
    ref = world.programme("draft")
    for said, (change, field, sentence) in UNSIGNED.items():
        world.file(ref, "proposal", "joao.lima", {**PROPOSAL, **change})
        form = submitter.page(edit(ref, "proposal", "period"))

        answer = submitter.post(edit(ref, "proposal", CHECK), _signature(world, ref), page="/")

        page = words(answer)
        assert answer.status_code == 422, said
        assert f'#field-{field}">{sentence}' in page, said
        assert sentence.partition(": ")[2] in form, said
    assert world.state(ref) == "draft"


def _signature(world: World, ref: str) -> dict[str, str]:
    """What the last page sent before the text was spoilt, brought up to date."""
    seat = world.seat(ref, "submission", world.person("joao.lima"))
    return {
        "seen_version": str(world.version(ref)), "key": "0123456789abcdef",
        "round": "submission", "seat": str(seat), "verdict": "submit",
    }  # fmt: skip


def test_a_section_is_kept_and_says_at_its_field_what_does_not_fit(
    world: World, submitter: Visitor
) -> None:
    ref = world.programme("draft")
    lines = {"budget": [{"source": "India", "amount": "5"}], "total_cost": "1"}

    answer = submitter.post(edit(ref, "proposal", "budget"), typed(lines), follow=True)

    page = words(answer)
    assert "Saved as version 2." in page
    assert 'id="field-total_cost-note"' in page
    assert 'aria-describedby="field-total_cost-hint field-total_cost-note"' in page
    assert "The budget lines differ from the total by USD 4" in page
    assert "No line of the budget is matching money" in page


def test_who_screens_is_shown_what_a_proposal_does_not_keep_to(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    lines = [{"source": "UNFSSC", "amount": "385000"}]
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "budget": lines})
    world.answer(ref, "submission", "joao.lima", "submit")

    page = enter("jane.okello").page(round_page(world, ref, "screening", "jane.okello"))

    assert "1 thing to look at before you decide" in page
    assert "No line of the budget is matching money" in page
    assert "it cannot be signed so" not in page


def test_a_text_that_fits_together_has_nothing_to_look_at(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(round_page(world, ref, "screening", "jane.okello"))

    assert "to look at before you decide" not in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"total_cost": "5000000"}, "Multi-year budget: The budget lines differ from the total"),
        ({"planned_start": "1999-01-01", "planned_end": "1999-12-31"}, "2027 and 2028"),
        ({"planned_start": "1999-01-01"}, "Design: It starts while its framework is not in force"),
        (
            {
                "budget": [
                    {"year": "2027", "source": "India", "nature": "overhead", "amount": "385000"}
                ]
            },
            "Multi-year budget: Overheads are more than 15 per cent of the total by USD 327,250",
        ),
        ({"unfunded": "385001"}, "Multi-year budget: More is unfunded than the total by USD 1"),
    ],
)
def test_a_project_document_that_does_not_fit_is_not_presented(
    world: World, enter: Enter, change: dict[str, str], sentence: str
) -> None:
    ref, kenji = world.programme("formulation"), enter("kenji.watanabe")
    world.file(ref, "project_document", "kenji.watanabe", {**PROJECT, **change})
    address = round_page(world, ref, "presentation", "kenji.watanabe")

    answer = decide(kenji, address, {"verdict": "present", "reason": "As agreed in Maputo."})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "As agreed in Maputo." in words(answer)
    assert world.state(ref) == "formulation"


def test_a_project_document_begins_with_the_facts_of_the_proposal_and_shows_where_it_differs(
    world: World, enter: Enter
) -> None:
    ref, kenji = world.programme("formulation"), enter("kenji.watanabe")
    fresh = kenji.page(edit(ref, "project_document", "budget"))
    dearer = [{"year": "2027", "source": "India", "amount": "400000"}]
    changed = {"budget": dearer, "total_cost": "400000", "planned_end": "2028-12-31"}
    world.file(ref, "project_document", "kenji.watanabe", {**PROJECT, **changed})
    world.answer(ref, "presentation", "kenji.watanabe", "present")

    page = enter("graca.mabunda").page(round_page(world, ref, "endorsement", "graca.mabunda"))

    assert 'value="385000"' in fresh
    assert "The total differs from the one of the proposal by USD 15,000" in page
    assert "The end is not the one of the proposal: 30 Jun 2028" in page
    assert "The start is not" not in page


def test_the_facts_follow_the_text_that_was_signed_and_no_earlier(
    world: World, enter: Enter
) -> None:
    ref, kenji = world.programme("formulation"), "kenji.watanabe"
    dearer = [{"year": "2027", "source": "India", "amount": "400000"}]
    changed = {"budget": dearer, "total_cost": "400000", "planned_end": "2028-12-31"}
    story = replace(NURSES, texts={**TEXTS, "project_document": {**PROJECT, **changed}})
    path.carry(world, ref, story, "signature")
    before = enter(kenji).page(f"/programmes/{ref}")

    path.carry(world, ref, story, "inception")

    after = enter(kenji).page(f"/programmes/{ref}")
    assert "USD 385,000" in before
    assert "USD 385,000" not in after
    assert "USD 400,000" in after
    assert "31 December 2028" in after


# Each what two or three people would have signed, with who files it and what is wrong with it.
UNFILED: Mapping[str, tuple[str, str, str, str, dict[str, Any], str, str]] = {
    "a work plan of 1990": (
        "inception", "annual_work_plan", "plan", "beatriz.costa",
        {**TEXTS["annual_work_plan"], "year": "1990"},
        "year", "This is no year of the programme: 1990",
    ),
    "a work plan beyond all money": (
        "inception", "annual_work_plan", "plan", "beatriz.costa",
        {"year": "2027", "activities": [{"activity": "All", "quarters": "Q1", "amount": "9999999"}]},
        "activities",
        "The activities of all years cost more than the whole programme by USD 9,614,999",
    ),
    "a balance that is none": (
        "operational_closure", "final_financial_statement", "statement", "tom.becker",
        {"received": "100", "spent": "900000", "balance": "12345", "refund": "Kept."},
        "balance", "The balance differs from what was received less what was spent by USD 912,245",
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", UNFILED)
def test_what_others_would_sign_is_not_filed_as_long_as_it_does_not_fit(
    world: World, enter: Enter, example: str
) -> None:
    state, kind, section, who, content, field, sentence = UNFILED[example]
    ref = world.programme(state)

    answer = enter(who).post(edit(ref, kind, section), typed(content))

    page = words(answer)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in page
    assert sentence in page
    assert all(f'value="{sent}"' in page or sent in page for sent in typed(content).values())


def test_the_plans_of_all_years_together_cost_no_more_than_the_programme(
    world: World, enter: Enter
) -> None:
    ref, beatriz = world.programme("inception"), enter("beatriz.costa")
    address = edit(ref, "annual_work_plan", "plan")

    def planned(year: str, amount: str) -> TestResponse:
        line = {"activity": "All", "quarters": "Q1", "amount": amount}
        return beatriz.post(address, typed({"year": year, "activities": [line]}))

    first, revised = planned("2027", "300000"), planned("2027", "200000")
    beyond, within = planned("2028", "185001"), planned("2028", "185000")

    assert [each.status_code for each in (first, revised, beyond, within)] == [303, 303, 422, 303]
    assert "of all years cost more than the whole programme by USD 1" in words(beyond)
    assert 'value="185001"' in words(beyond)


def test_a_country_that_does_not_consent_is_read_by_who_screens_and_holds_the_proposal(
    world: World, enter: Enter
) -> None:
    ref, jane = world.programme("screening"), enter("jane.okello")
    command = OpenRound(ref, "consent", "A proposal for two.", world.version(ref), uuid4().hex)
    initiate(world.engine, world.person("jane.okello"), command)
    world.answer(ref, "consent", "domingos.neto", "refuse", "Nobody asked us in Luanda.")
    address = round_page(world, ref, "screening", "jane.okello")
    ticks = {f"question-{key}": "y" for key in ("countries", "cooperation", "mandate", "money")}

    page = jane.page(address)
    held = decide(jane, address, {"verdict": "open_consultation", "reason": "Go on.", **ticks})

    sentence = "These do not consent to what is proposed for them: Angola"
    assert held.status_code == 422
    assert all(each in page for each in (sentence, "Nobody asked us in Luanda.", "Do not consent"))
    assert sentence in words(held)
    assert "Go on." in words(held)
    assert world.state(ref) == "screening"


def test_a_country_that_consents_when_asked_again_holds_nothing(world: World, enter: Enter) -> None:
    ref, jane = world.programme("screening"), world.person("jane.okello")
    for verdict, why in (("refuse", "Nobody asked us."), ("consent", "")):
        command = OpenRound(ref, "consent", "For two.", world.version(ref), uuid4().hex)
        initiate(world.engine, jane, command)
        world.answer(ref, "consent", "domingos.neto", verdict, why)
    asked = enter("jane.okello").page(round_page(world, ref, "screening", "jane.okello"))

    world.answer(ref, "screening", "jane.okello", "open_consultation")

    assert "Still being answered" in asked
    assert "do not consent" not in asked
    assert world.state(ref) == "consultation"


def test_a_response_to_a_recommendation_that_there_is_not_is_not_filed(
    world: World, enter: Enter
) -> None:
    evaluation, kenji = (
        asked_for(world, world.programme("operational_closure")),
        enter("kenji.watanabe"),
    )
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.reported()
    first, *others = RESPONSE["responses"]
    address = edit(evaluation.ref, "response", "response")

    wrong = kenji.post(address, typed({"responses": [{**first, "number": "99"}, *others]}))
    twice = kenji.post(address, typed({"responses": [first, first, *others]}))
    right = kenji.post(address, typed({"responses": [first, *others]}))

    assert (wrong.status_code, twice.status_code, right.status_code) == (422, 422, 303)
    assert "or are no recommendations of the report: 1 and 99" in words(wrong)
    assert 'value="Extend the contracts"' in words(wrong)


def test_whoever_wrote_a_text_does_not_advise_to_approve_it_and_is_heard_on_it(
    world: World, enter: Enter
) -> None:
    ref, kenji, key = world.programme("appraisal"), enter("kenji.watanabe"), "appraisal"
    world.declare(
        ref,
        key,
        world.person("kenji.watanabe"),
        world.seat(ref, key, world.person("kenji.watanabe")),
    )
    address = round_page(world, ref, key, "kenji.watanabe")

    page = kenji.page(address)
    refused = decide(kenji, address, {"verdict": "recommend", "reason": "It is sound."})
    taken = decide(kenji, address, {"verdict": "explain", "reason": "It is sound."})

    assert "“Advise to approve” is offered to others: you wrote this text or presented it." in page
    assert (refused.status_code, taken.status_code) == (422, 303)
    assert 'href="#verdict"' in words(refused)
    assert "You wrote this text or presented it; somebody else says this." in words(refused)
    assert "It is sound." in words(refused)


def test_a_low_rating_comes_with_its_remedy(world: World, enter: Enter) -> None:
    ref = world.programme("appraisal")
    for who in (*NURSES.authorities, NURSES.agency, "ravi.chand"):
        path.advise(world, ref, NURSES, who)
    chair, key = world.person("fatou.ndiaye"), "appraisal_conclusion"
    world.declare(ref, key, chair, world.seat(ref, key, chair))
    fatou, address = enter("fatou.ndiaye"), round_page(world, ref, key, "fatou.ndiaye")
    low = {"verdict": "recommend", "question-design_quality": "3"}

    without = decide(fatou, address, low)
    remedied = decide(fatou, address, {**low, "question-remedy": "Baselines within a month."})

    assert without.status_code == 422
    assert "Say what remedies a rating of 3 or lower" in words(without)
    assert 'href="#question-remedy"' in words(without)
    assert remedied.status_code == 303


def test_what_fails_stands_apart_at_its_field_and_a_framework_out_of_force_keeps_its_name(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    lines = [{"source": "India", "nature": "overhead", "amount": "385000"}]
    text = {**TEXTS["proposal"], "budget": lines, "planned_start": "1999-01-01"}
    world.file(ref, "proposal", "joao.lima", text)
    submitter = enter("joao.lima")

    budget = submitter.page(edit(ref, "proposal", "budget"))
    whole = submitter.page(edit(ref, "proposal", "check-and-submit"))

    assert budget.count('<p class="field__note">') > 1
    assert "<dd>F7<" not in whole
    assert "Strategic framework of UNOSSC" in whole
