"""Who may not, who came too late, and who pressed twice: each is told, and nothing is lost."""

import re

import pytest
from sqlalchemy import func, select

from tests.browser.acts.approving import UNIT
from tests.browser.acts.consulting import CHECKED
from tests.browser.acts.signing import find_in_queue
from tests.browser.acts.standing_in import standing_in
from tests.browser.conftest import Begin
from tests.browser.walkers import Walkers
from tests.support.world import TEXTS
from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase, Round, SignOff

READING = re.compile(r"^(Show|Search|Filter)$")
MINE = "We have taught nurses by radio for ten years."


def test_who_is_not_asked_is_told_who_can_answer(walker: Walkers, begin: Begin) -> None:
    ref = begin("Nurses of whom South Africa was not asked", "screening")
    address = f"/programmes/{ref}/rounds/screening/1"

    joao = walker.as_("joao.lima").open(address)

    joao.reads("None of the seats asked here belongs to an office that you hold today.")
    joao.reads("Who can answer", "Jane Okello").unfold("Why not I?")
    joao.reads(f"This seat belongs to the Programme officer of {UNIT}")
    assert not joao.page.get_by_role("button", name=re.compile("^Sign as")).count()
    walker.as_("thandi.nkosi").open(address, refused=403).reads("open to those who take part in it")


def test_nobody_screens_what_they_wrote(walker: Walkers, begin: Begin, play: Play) -> None:
    ref = begin("Nurses whose author became an officer", "screening")

    with standing_in(play, "joao.lima", "unit_officer", "special-unit"):
        joao = walker.as_("joao.lima").open(f"/programmes/{ref}/rounds/screening/1")

    joao.reads("Why you cannot answer here", f"Programme officer, {UNIT}", "Jane Okello")
    assert not joao.page.get_by_role("button", name=re.compile("^Sign as")).count()


def test_a_section_changed_in_another_tab_keeps_both_texts(walker: Walkers, begin: Begin) -> None:
    ref = begin("Nurses written about in two tabs", "draft")
    address = f"/programmes/{ref}/documents/proposal/edit/problem"
    first = walker.as_("joao.lima").open(address)
    second = walker.tab(first).open(address)
    first.fill("Situation", "Half of the posts are empty.").press("Save")

    second.fill("Situation", MINE).press("Save", refused=409)

    assert second.kept("Situation") == MINE
    second.reads("in the newer version:", "Half of the posts are empty.")
    second.press("Save").reads("Saved as version")
    assert second.kept("Situation") == MINE
    second.page.close()


def test_countries_that_answer_at_once_do_not_stand_in_each_others_way(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses about whom two countries answer at once", "consultation")
    paulo = find_in_queue(walker.as_("paulo.sa"), title).choose("Supports")
    play.answer(ref, "consultation", "priya.menon", "lead")

    paulo.press("Sign as Brazil").reads("2 of 6 seats answered")

    assert answers(play, ref, "consultation") == 2


def test_an_answer_about_a_text_that_has_changed_keeps_its_words(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses whose accounts change while they are read", "operational_closure")
    statement = TEXTS["final_financial_statement"]
    play.file(ref, "final_financial_statement", "tom.becker", statement)
    play.attach(ref, "asset_transfer", "tom.becker", "asset-transfer.pdf")
    elena = find_in_queue(walker.as_("elena.petrova"), title)
    elena.choose("Not yet").fill("Reason", MINE)
    newer = {**TEXTS["final_financial_statement"], "refund": "Shared among the givers."}
    play.file(ref, "final_financial_statement", "tom.becker", newer)

    elena.press(f"Sign as {UNIT}", refused=409)

    elena.reads("has moved on since you opened this page", "Shared among the givers.")
    assert elena.kept("Reason") == MINE
    elena.press(f"Sign as {UNIT}").reads("What was recorded", MINE)


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_is_one_sign_off(
    walker: Walkers, begin: Begin, play: Play, *, script: bool
) -> None:
    ref = begin(title := f"Nurses signed for by a fast hand, {script}", "consultation")
    priya = find_in_queue(walker.as_("priya.menon", script=script), title).choose("Supports")

    priya.press_twice("Sign as India").reads("What was recorded", "Supports")

    assert answers(play, ref, "consultation") == 1


@pytest.mark.proof(apart=True)
def test_an_auditor_finds_nothing_that_changes_anything(walker: Walkers, play: Play) -> None:
    marie = walker.as_("marie.laurent")
    for ref in one_of_each_state(play):
        marie.open(f"/programmes/{ref}")
        actions = marie.page.get_by_role("main").get_by_role("button").all_inner_texts()
        assert not [words for words in actions if not READING.match(words.strip())]
        assert not marie.page.get_by_role("main").locator("form[method=post]").count()

    marie.open("/proposals/new", refused=403).reads("Only a submitter")
    marie.open("/queue").reads("Nothing waits for you")


def test_an_auditor_is_refused_every_form(walker: Walkers, begin: Begin) -> None:
    ref = begin("Nurses whom an auditor cannot help", "screening")
    marie = walker.as_("marie.laurent")

    marie.open(f"/programmes/{ref}/rounds/screening/1").reads("Who can answer", "Jane Okello")
    marie.open(f"/programmes/{ref}/initiatives/withdrawal").reads("Who can answer", "João Lima")
    marie.open(f"/programmes/{ref}/documents/proposal/edit/problem", refused=403)

    assert not marie.page.get_by_role("main").locator("form[method=post]").count()


def test_the_words_of_a_refusal_stay_when_the_round_is_over(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses screened while somebody wrote", "screening")
    ravi = find_in_queue(walker.as_("ravi.chand"), title).choose("Not eligible")
    ravi.fill("Reason", MINE)
    jane = find_in_queue(walker.as_("jane.okello"), title)
    jane.choose("Eligible: consult the pivotal countries", *CHECKED).press(f"Sign as {UNIT}")

    ravi.press(f"Sign as {UNIT}", refused=409)

    ravi.reads("Nothing was recorded.")
    assert ravi.kept("Your words, kept for you to copy") == MINE
    assert play.state(ref) == "consultation"


def answers(play: Play, ref: str, round_key: str) -> int:
    """How many sign-offs were given in a round, those that were changed later included."""
    given = (
        select(func.count())
        .select_from(SignOff)
        .join(Round, Round.id == SignOff.round_id)
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref, Round.key == round_key)
    )
    with play.engine.reading() as session:
        return session.scalars(given).one()


def one_of_each_state(play: Play) -> list[str]:
    """A programme in each of the states that any stands in."""
    with play.engine.reading() as session:
        newest = select(func.max(LifecycleCase.ref)).where(LifecycleCase.subject == "programme")
        return list(session.scalars(newest.group_by(LifecycleCase.state)))
