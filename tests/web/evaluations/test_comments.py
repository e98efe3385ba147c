"""What the parties say of an evaluation's texts is disposed of in the browser, by the words that are offered."""

import re

import pytest

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import ASSURER, TERMS, Evaluated, ended

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
