"""What one host keeps for all is found at the others, through the folders that they share."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat

import pytest

from tests.reliability.faults.cases import WAITING, playing
from tests.reliability.faults.crowd import Browser
from tests.reliability.faults.hosts import Hosts
from tests.support.waiting import until
from tests.support.world import NURSES
from workflow.demo import path

pytestmark = [
    pytest.mark.proof(apart=True),
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, few=1),
    pytest.mark.postgresql,
]
PDF = b"%PDF-1.7 a letter"
ATTACHED = re.compile(r"/programmes/[^/]+/files/\d+")
ORDERED = re.compile(r'action="(/orders/\d+)"')


@pytest.fixture
def here(hosts: Hosts) -> Iterator[Browser]:
    """Somebody at the first host."""
    hosts.mend()
    browser = Browser(repeat(hosts.pages[0].address), "joao.lima")
    browser.sign_in()
    yield browser
    hosts.sound = True


@pytest.fixture
def there(hosts: Hosts, here: Browser) -> Browser:
    """The same person at the other host, who does not sign in again."""
    return replace(here, addresses=repeat(hosts.pages[1].address))


def test_what_is_attached_at_one_host_is_fetched_at_another(
    hosts: Hosts, here: Browser, there: Browser
) -> None:
    with playing(hosts.house.url, WAITING) as play:
        ref = path.begin(play, NURSES)
    form = f"/programmes/{ref}/documents/proposal/edit/attached-files"
    before = set(ATTACHED.findall(there.get(form).text))

    attached = here.attach(form, {**here.hidden(form), "under": "proposal"}, "letter.pdf", PDF)

    (address,) = set(ATTACHED.findall(there.get(form).text)) - before
    assert (attached.status, there.get(address).text) == (303, PDF.decode())


def test_what_is_ordered_at_one_host_is_made_at_another_and_fetched_at_a_third(
    hosts: Hosts, here: Browser, there: Browser
) -> None:
    offer = "/orders/new/past?day=2026-01-01"

    ordered = here.post(offer, here.hidden(offer))

    until(lambda: ORDERED.search(there.get("/orders").text), saying=hosts.said)
    (place,) = ORDERED.findall(there.get("/orders").text)
    taken = there.post(place, there.hidden("/orders"))
    assert (ordered.status, taken.status) == (303, 200)
