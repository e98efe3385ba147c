"""An administrator tries open programmes on another version, and moves those that can go."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pytest
from werkzeug.test import TestResponse

from tests.support.deciding import decide, opened
from tests.support.visitors import Enter, Visitor
from tests.support.visitors import told as said
from tests.support.world import World
from tests.workflow.engine.lifecycles import rename
from tests.workflow.engine.migration.second_version import (
    ADMINISTRATOR,
    SECOND,
    everywhere,
    moving,
    seen,
    version,
)
from tests.workflow.engine.migration.test_migrate import follows, told
from workflow.engine.commands.open_case import publish
from workflow.engine.offers.current import OfferAct
from workflow.people.accounts.access import end_access
from workflow.publication.migration.requests import MigrationWish
from workflow.publication.migration.requests import carry_out as move
from workflow.publication.requests import carry_out
from workflow.publication.wishes import LifecycleWish

WHY = "The house works otherwise now."
SEEN = re.compile(r'name="seen" value="([^"]+)"')


Prepare: TypeAlias = "Callable[[str], Given]"


@dataclass(frozen=True)
class Given:
    """A programme in some state, a second version of its lifecycle, and the administrator who is to move it."""

    world: World
    ref: str
    administrator: Visitor

    @property
    def address(self) -> str:
        """The page of the programmes that follow the same version as this one."""
        followed = follows(self.world, self.ref)
        return f"/lifecycles/{followed.key}/versions/{followed.mark}/programmes?to={SECOND.mark}"

    def sent(self, do: str = "try", **more: str) -> TestResponse:
        """The form sent with this programme chosen."""
        data = {"cases": self.ref, "how": "each", "do": do, **more}
        return decide(self.administrator, self.address, data)


@pytest.fixture
def given(world: World, enter: Enter) -> Prepare:
    """Brings a programme to a state, and then publishes the second version."""

    def prepare(state: str) -> Given:
        ref = world.programme(state)
        publish(world.engine, SECOND)
        return Given(world, ref, enter(ADMINISTRATOR))

    return prepare


def test_a_programme_is_tried_and_nothing_of_it_is_kept(given: Prepare) -> None:
    case = given("screening")

    page = said(case.sent())

    assert "can be moved" in page
    assert "0 answers are kept." in page
    assert "Why they are moved (optional)" not in page
    assert told(case.world, case.ref) == []


def test_a_programme_is_moved_once_a_second_administrator_confirmed_it(
    given: Prepare, enter: Enter
) -> None:
    case = given("screening")

    answer = case.sent("move", reason=WHY)
    where = answer.location
    own = said(case.administrator.get(where))
    second = enter("pieter.vos")
    read = said(second.get(where))
    tried = said(decide(second, where, {}, to=f"{where}/trial"))
    before = follows(case.world, case.ref)
    confirmed = decide(second, where, {}, to=f"{where}/confirmation")

    assert answer.status_code == 303
    assert "You asked for it; another administrator confirms" in own
    assert f"Programmes are to be moved to version {SECOND.version}" in read
    assert "can be moved" in read
    assert "What becomes of each by now" in tried
    assert before != SECOND
    assert confirmed.status_code == 303
    assert follows(case.world, case.ref) == SECOND
    assert len(told(case.world, case.ref)) == 1
    assert "asked for by Naledi Khumalo" in said(enter("jane.okello").get(f"/histories/{case.ref}"))


def test_of_a_draft_the_second_administrator_reads_its_reference_alone(
    given: Prepare, enter: Enter
) -> None:
    case = given("draft")
    wish = MigrationWish(
        before=follows(case.world, case.ref).digest,
        wanted=tuple(seen(case.world, case.ref)),
        migration=moving(case.world),
    )
    number = move(case.world.engine, wish).waits

    page = said(enter("pieter.vos").get(f"/office/lifecycles/acts/{number}"))

    assert f"{case.ref} can be moved What becomes of it is told to those alone" in page
    assert "Distance learning for nurses" not in page
    assert "Submission" not in page


def test_what_comes_out_otherwise_is_read_again_before_it_is_confirmed(
    given: Prepare, enter: Enter
) -> None:
    case = given("screening")
    where = case.sent("move", reason=WHY).location
    second = enter("pieter.vos")
    case.world.answer(case.ref, "screening", "jane.okello", "open_consultation")

    answer = decide(second, where, {}, to=f"{where}/confirmation")
    again = decide(second, where, {"seen": SEEN.search(answer.text)[1]}, to=f"{where}/confirmation")

    assert answer.status_code == 409
    assert "It does not come out by now as it stood on the page" in said(answer)
    assert again.status_code == 303
    assert follows(case.world, case.ref) == SECOND


def test_what_lapsed_says_so_and_can_be_declined(given: Prepare, enter: Enter) -> None:
    case = given("screening")
    where = case.sent("move", reason=WHY).location
    world, second = case.world, enter("pieter.vos")
    with world.engine.transaction() as session:
        end_access(
            session, world.person(ADMINISTRATOR), "Has left.",
            by=world.person("pieter.vos"), now=world.engine.now(),
        )  # fmt: skip

    page = second.get(where)
    listed = second.page("/office/acts")
    declined = decide(second, where, {"reason": "It has lapsed."}, to=f"{where}/refusal")

    assert "it cannot be confirmed" in said(page)
    assert "Confirm: move them" not in page.text
    assert "lapsed" in listed
    assert declined.status_code == 303
    assert follows(world, case.ref) != SECOND


def test_a_version_that_is_not_offered_has_to_be_meant(given: Prepare) -> None:
    case = given("screening")
    with case.world.engine.transaction() as session:
        wish = LifecycleWish(act=OfferAct.RETIRE, key=SECOND.key, digest=SECOND.digest)
        carry_out(session, wish, by=None, now=case.world.engine.now())

    page = said(case.administrator.get(case.address))
    bare = case.sent("move", reason=WHY)
    meant = case.sent("move", reason=WHY, although_not_offered="y")

    assert "Also onto a version that is not offered now" in page
    assert bare.status_code == 422
    assert "is not what is offered now: retired" in said(bare)
    assert meant.status_code == 303


def test_a_move_needs_a_reason(given: Prepare) -> None:
    case = given("screening")

    answer = case.sent("move")

    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert told(case.world, case.ref) == []


def test_what_cannot_be_moved_says_why(given: Prepare) -> None:
    case = given("operational_closure")

    answer = case.sent("move", reason=WHY, how="all")

    assert answer.status_code == 409
    assert "The form of “Final report” no longer holds what version 1 says." in said(answer)
    assert told(case.world, case.ref) == []


def test_a_page_older_than_the_programme_moves_nothing(given: Prepare) -> None:
    case = given("screening")
    sent = {**opened(case.administrator, case.address), "cases": case.ref, "how": "each"}
    case.world.answer(case.ref, "screening", "jane.okello", "open_consultation")

    answer = case.administrator.flask.post(case.address, data={**sent, "do": "move", "reason": WHY})

    assert answer.status_code == 409
    assert f"{case.ref} has moved on" in said(answer)
    assert told(case.world, case.ref) == []


def test_nobody_else_opens_it(given: Prepare, enter: Enter) -> None:
    case = given("screening")
    officer = enter("jane.okello")

    assert officer.get(case.address).status_code == 403
    assert officer.flask.post(case.address, data={}).status_code in {400, 403}
    assert told(case.world, case.ref) == []


def test_a_draft_that_an_administrator_may_not_know_of_is_not_listed(given: Prepare) -> None:
    case = given("draft")

    page = said(case.administrator.get(case.address))

    assert case.ref not in page
    assert "No open case that you may see follows this version" in page


def test_what_is_gone_is_asked_for(given: Prepare) -> None:
    case = given("screening")
    gone = version(
        rename("states/consultation", "hearing"), everywhere("consultation", "hearing"), number="6"
    )
    publish(case.world.engine, gone)

    page = said(case.administrator.get(case.address.replace(SECOND.mark, gone.mark)))

    assert "What takes the place of “Consultation of pivotal countries”" in page


def test_the_difference_leads_to_it(given: Prepare) -> None:
    case = given("screening")
    followed = follows(case.world, case.ref)

    page = case.administrator.get(
        f"/lifecycles/{followed.key}/versions/{followed.mark}/difference/{SECOND.mark}"
    )

    assert case.address in page.text
