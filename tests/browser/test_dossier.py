"""A dossier in a browser: ordered, awaited and taken away, with a script and without."""

from collections.abc import Iterator

import pytest

from tests.browser.acts import dossiers
from tests.browser.conftest import Begin
from tests.browser.serving import Server, working
from tests.browser.walkers import Walkers


@pytest.fixture(autouse=True, scope="module")
def worker(server: Server) -> Iterator[None]:
    """Who makes what is ordered."""
    with working(server):
        yield


@pytest.mark.parametrize("script", [True, False])
def test_a_dossier_is_ordered_awaited_and_taken_away(
    walker: Walkers, begin: Begin, *, script: bool
) -> None:
    ref = begin(f"Nurses whose history is taken away {script}", "screening")
    marie = walker.as_("marie.laurent", script=script)

    dossiers.order(marie, ref)
    dossiers.wait(marie, ref)
    names = dossiers.take(marie)

    assert {"history.pdf", "history.html", "verify.py", "dossier.json"} <= set(names)


@pytest.mark.proof(apart=True)
def test_the_page_of_an_order_looks_again_by_itself(walker: Walkers, begin: Begin) -> None:
    ref = begin("Nurses whose history is awaited", "screening")
    marie = walker.as_("marie.laurent")

    dossiers.order(marie, ref)

    marie.page.get_by_role("button", name="Take the dossier away").wait_for(timeout=120_000)
