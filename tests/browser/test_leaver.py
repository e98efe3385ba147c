"""Somebody leaves the office: what they signed stands, and what they had taken goes to a successor.

What becomes of seats and sign-offs is held in tests/web/administration/offices/test_hand_over.py.
"""

import pytest

from tests.browser.acts.leaving import come_and_go
from tests.browser.conftest import Begin
from tests.browser.walkers import Walkers
from workflow.demo.play import Play

STAFF = {"naledi": "naledi.khumalo", "jane": "jane.okello", "marie": "marie.laurent"}


@pytest.mark.proof(apart=True)
def test_a_leavers_next_request_is_refused_what_they_signed_stands_and_a_successor_takes_over(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    titles = ("Nurses screened by somebody who left", "Nurses whom somebody left behind")
    refs = [begin(title, "screening") for title in titles]
    staff = {name: walker.as_(key) for name, key in STAFF.items()}

    come_and_go({**staff, "lena": walker.come()}, *titles)

    assert [play.state(ref) for ref in refs] == ["consultation"] * 2
