"""Signing on the page: it works once, and is kept as it was written."""

from tests.support.deciding import decide, opened, round_page
from tests.support.visitors import Enter, words
from tests.support.world import NURSES, World
from tests.web.reviews.answered import CHECKED, WHY, newest, recorded
from workflow.demo import path


def test_a_decision_is_recorded_and_leads_to_its_receipt(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "open_consultation", **CHECKED})

    assert answer.status_code == 303
    assert world.state(ref) == "consultation"
    receipt = jane.page(answer.headers["Location"])
    assert "Eligible: consult the pivotal countries" in receipt
    assert "I have checked this proposal" in receipt
    assert newest(world).event_hash.hex() in receipt
    assert "Your answer settled the round." in receipt


def test_the_answers_to_the_questions_of_the_round_are_kept(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    remark = {
        "question-remarks-1-section": "partners",
        "question-remarks-1-remark": "  Name the   ministry. ",
    }

    decide(jane, address, {"verdict": "return", "reason": WHY, "question-money": "yes", **remark})

    assert newest(world).answers == {
        "countries": False,
        "cooperation": False,
        "mandate": False,
        "money": True,
        "remarks": [{"section": "partners", "remark": "Name the ministry."}],
    }


def test_who_sends_a_proposal_back_ticks_nothing(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "return", "reason": WHY})

    assert answer.status_code == 303
    assert world.state(ref) == "returned"


def test_an_appraisal_is_not_concluded_without_a_rating_of_the_design(
    world: World, enter: Enter
) -> None:
    ref = world.programme("appraisal")
    for who in ("graca.mabunda", "domingos.neto", "kenji.watanabe", "ravi.chand"):
        path.advise(world, ref, NURSES, who)
    fatou = enter("fatou.ndiaye")
    address = round_page(world, ref, "appraisal_conclusion", "fatou.ndiaye")
    seat = world.seat(ref, "appraisal_conclusion", world.person("fatou.ndiaye"))
    world.declare(ref, "appraisal_conclusion", world.person("fatou.ndiaye"), seat)

    without = decide(fatou, address, {"verdict": "recommend", "question-remedy": "More baselines."})
    rated = decide(fatou, address, {"verdict": "recommend", "question-design_quality": "5"})

    assert without.status_code == 422
    assert 'id="question-design_quality-error"' in words(without)
    assert "More baselines." in words(without)
    assert rated.status_code == 303


def test_the_same_form_sent_twice_is_one_sign_off_and_one_receipt(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    form = {**opened(priya, address), "verdict": "support"}

    first = priya.flask.post(address, data=form)
    before = recorded(world)
    second = priya.flask.post(address, data=form)

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert recorded(world) == before


def test_who_answered_sees_the_answer_and_may_change_it(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "No open licences.")
    paulo, address = enter("paulo.sa"), round_page(world, ref, "consultation", "paulo.sa")

    page = paulo.page(address)
    answer = decide(paulo, address, {"verdict": "support", "reason": ""})

    assert "You have answered, as" in page
    assert "No open licences." in page
    assert "Change your answer as Brazil" in page
    assert answer.status_code == 303
    assert "in place of an earlier answer" in paulo.page(answer.headers["Location"])


def test_the_convenor_is_chosen_among_those_who_lead(world: World, enter: Enter) -> None:
    ref = world.programme("lead_group")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "lead_acceptance", who, "accept")
    elena = enter("elena.petrova")
    address = round_page(world, ref, "lead_confirmation", "elena.petrova")

    page = elena.page(address)
    without = decide(elena, address, {"verdict": "confirm"})
    with_one = decide(elena, address, {"verdict": "confirm", "question-convenor": "ind"})

    assert '<option value="ind">India</option>' in page
    assert '<option value="bra">' not in page
    assert without.status_code == 422
    assert with_one.status_code == 303
    assert world.state(ref) == "formulation"


def test_what_people_write_is_never_markup(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "<script>alert(1)</script>")

    page = enter("priya.menon").get(f"/programmes/{ref}/rounds/consultation/1")

    assert "<script>alert" not in page.get_data(as_text=True)


def test_what_changed_is_marked_and_the_whole_text_stands_below(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", WHY)
    text = {**NURSES.texts["proposal"], "objective": "By mid 2029, 300 nurses hold a certificate."}
    world.file(ref, "proposal", "joao.lima", text)
    world.answer(ref, "resubmission", "joao.lima", "submit")

    page = enter("jane.okello").page(f"/programmes/{ref}/rounds/screening/2")

    changed, whole = page.split('id="text-proposal"')
    assert "what changed since you last signed" in changed
    assert "<ins>" in changed
    assert "Ministry of Health" not in changed
    assert "Ministry of Health" in whole


def test_whoever_completes_what_came_back_reads_why_and_is_led_to_the_form(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    remarks = {"remarks": [{"section": "objectives", "remark": "Say how many nurses."}]}
    world.answer(ref, "screening", "jane.okello", "return", WHY, remarks)
    address = f"/programmes/{ref}/rounds/resubmission/1"
    form = f'href="/programmes/{ref}/documents/proposal/edit"'

    submitter = enter("joao.lima").page(address)
    officer = enter("jane.okello").page(address)

    assert f"“{WHY}”" in submitter
    assert "Say how many nurses." in submitter
    assert form in submitter
    assert form not in officer
