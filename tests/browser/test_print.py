"""Pages on paper: A4 sheets that begin with the text, each with who printed it, when, and its number."""

from playwright.sync_api import Page

from tests.browser.test_narrow import of_each_state
from tests.browser.walkers import Walkers
from tests.support.pages.printed import Sheet, sheets
from workflow.demo.play import Play

TEXT = "Management arrangements"


def test_a_print_has_its_text_on_its_first_sheet_and_says_on_each_who_printed_it(
    walker: Walkers, play: Play
) -> None:
    ref = of_each_state(play)["decision"]
    carla, marie = walker.as_("carla.duarte"), walker.as_("marie.laurent")

    review = on_paper(carla.open(f"/programmes/{ref}/rounds/decision/1").page)
    document = on_paper(carla.open(f"/programmes/{ref}/documents/project_document").page)
    programme = on_paper(carla.open(f"/programmes/{ref}").page)
    history = on_paper(marie.open(f"/histories/{ref}").page)

    assert "Angola, Cabo Verde and Mozambique" in review[0].words
    assert "Recommend to the Board" in review[0].words
    assert TEXT in " ".join(sheet.words for sheet in review)
    assert TEXT in document[0].words
    assert "still owe an answer" in programme[0].words
    assert "“Board decision” opened" in history[0].words
    for number, sheet in enumerate(review, 1):
        assert f"{number} / {len(review)}" in sheet.words
        assert "printed by Carla Duarte, " in sheet.words
    assert "sha256 " in review[0].words
    assert [each.pale for each in (*review, *document, *programme, *history) if each.pale] == []
    assert "Sign as Brazil" not in " ".join(sheet.words for sheet in review)


def on_paper(page: Page) -> list[Sheet]:
    """The page as it is printed."""
    return sheets(page.pdf(prefer_css_page_size=True))
