"""What falls due while a programme is suspended, on its page in the browser."""

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF
from tests.workflow.engine.cases.test_by_schedule import on
from tests.workflow.programmes.page.test_meanwhile import stopped


def test_the_page_says_what_falls_due_meanwhile(world: World, enter: Enter) -> None:
    on(stopped(world), 2026, 9, 10)

    said = told(enter(OFFICER).page(f"/programmes/{REF}"))

    assert "What falls due meanwhile" in said
    assert "closing was due on 1 April 2026" in said
    assert "Report, 2 March 2026 – 1 June 2026 since 2 June 2026" in said
