"""The figures of a programme of training, on its page and taken away."""

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.programmes.training.test_page import AGENCY, REPORT, Training


def test_the_page_shows_figures_to_whoever_reads_the_texts_and_names_nobody(
    world: World, enter: Enter
) -> None:
    training = Training(world)
    draft = enter("li.wei").get(f"/programmes/{training.ref}/training").status_code
    training.running()
    world.file(training.ref, "course_report", AGENCY, REPORT)
    page = told(enter("li.wei").page(f"/programmes/{training.ref}/training"))
    rows = enter("li.wei").get(f"/programmes/{training.ref}/training.csv").text

    assert draft == 404
    assert "Mozambique 22 7 4 11" in page
    assert "18 certificates" in page
    assert "1,Pumps,Institute of Solar Energy,2026-05-04,yes,AGO,8,3,5" in rows
