"""What the parties say of an evaluation's texts is disposed of in the browser, by the words that are offered."""

import re

import pytest
from sqlalchemy import select

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import AGENCY, ASSURER, TERMS, Evaluated, ended
from workflow.engine.models import SignOff
from workflow.notices.models import Notice

ROUND = "setting_the_terms"
SAID = "question-answers-0-"


@pytest.fixture
def commented(world: World) -> Evaluated:
    """An evaluation on whose terms one party has a comment."""
    found = ended(world)
    found.file(ASSURER, "terms", TERMS)
    found.answer(ASSURER, "writing_the_terms", "send")
    found.comment("commenting_on_the_terms", kenji_watanabe="Look at the coast as well.")
    return found


def setting(commented: Evaluated) -> str:
    """The address at which the terms are set."""
    return round_page(commented.world, commented.ref, ROUND, ASSURER)


def answers(page: str, **said: str) -> dict[str, str]:
    """A form in which the comment is answered so."""
    remark = re.search(rf'name="{SAID}remark"[^>]*value="([^"]+)"', page)
    assert remark is not None
    return {"verdict": "set", f"{SAID}remark": remark[1]} | {
        f"{SAID}{key}": value for key, value in said.items()
    }


def test_a_disposition_is_chosen_among_those_offered_and_told_in_their_words(
    commented: Evaluated, enter: Enter
) -> None:
    assurer = enter(ASSURER)
    page = assurer.page(setting(commented))
    offered = re.search(rf'<select[^>]*name="{SAID}disposition".*?</select>', page, re.DOTALL)
    assert offered is not None
    words = told(offered[0])
    form = answers(page, disposition="partly", words="One of the coasts.")
    given = decide(assurer, setting(commented), form)
    named = assurer.page(round_page(commented.world, commented.ref, "appointing", ASSURER))

    assert [each in words for each in ("Taken up", "Partly taken up", "Not taken up")] == [True] * 3
    assert "needed where nothing was changed" not in page
    assert given.status_code == 303
    assert commented.state == "naming"
    assert "Partly taken up: One of the coasts." in told(named)


@pytest.mark.parametrize("said", [{"disposition": "taken_up"}, {"words": "It is in the scope."}])
def test_each_comment_has_both_its_disposition_and_a_sentence_why(
    commented: Evaluated, enter: Enter, said: dict[str, str]
) -> None:
    assurer = enter(ASSURER)
    page = assurer.page(setting(commented))
    given = decide(assurer, setting(commented), answers(page, **said))

    assert given.status_code == 422
    assert commented.state == "commented"


def test_the_history_tells_what_became_of_each_comment_and_who_was_named(
    commented: Evaluated, enter: Enter
) -> None:
    assurer = enter(ASSURER)
    page = assurer.page(setting(commented))
    decide(assurer, setting(commented), answers(page, disposition="partly", words="One of them."))
    commented.named()

    history = told(enter(AGENCY).page(f"/histories/{commented.ref}"))
    files = enter(AGENCY).get(f"/histories/{commented.ref}/history.csv").get_data(as_text=True)
    outside = told(enter("li.wei").page(f"/histories/{commented.ref}"))

    said = re.compile(
        r"To the comment of United Nations Development Programme \(event \d+\): "
        r"Partly taken up: One of them\."
    )
    assert said.search(history)
    assert "Evaluator: Nadia Haddad" in history
    assert said.search(files)
    assert "One of them" not in outside


def test_answers_that_are_not_those_of_the_event_are_said_to_be_others(
    world: World, enter: Enter
) -> None:
    evaluation = ended(world)
    evaluation.terms_set()
    evaluation.named()
    world.honest = False
    with world.engine.transaction() as session:
        row = session.scalars(select(SignOff).order_by(SignOff.id.desc()).limit(1)).one()
        row.answers = {"evaluator": str(world.person("tom.becker"))}

    history = told(enter(AGENCY).page(f"/histories/{evaluation.ref}"))

    assert "What was answered here is not what was recorded." in history
    assert "Tom Becker" not in history


def test_a_party_is_told_that_its_comment_was_answered_and_led_to_how(
    commented: Evaluated, enter: Enter
) -> None:
    assurer = enter(ASSURER)
    page = assurer.page(setting(commented))
    decide(assurer, setting(commented), answers(page, disposition="partly", words="One of them."))

    agency = enter(AGENCY)
    notices = agency.page("/notices")
    with commented.world.engine.reading() as session:
        found = session.execute(
            select(Notice.kind, Notice.label, Notice.outcome, Notice.because, Notice.seat_id)
            .where(Notice.person_id == commented.world.person(AGENCY))
            .order_by(Notice.id.desc())
        ).first()
    assert found is not None
    led = agency.get(f"/programmes/{commented.ref}/seats/{found.seat_id}", follow_redirects=True)

    assert (found.kind, found.label, found.because) == (
        "round_settled", "Setting of the terms", "answered",
    )  # fmt: skip
    assert "“Setting of the terms” on Final evaluation" in told(notices)
    assert "Partly taken up: One of them." in told(led)
