"""Earmarks, conditions and expected payments on the page of money: sent, refused with nothing lost, told."""

import re
from datetime import timedelta

from babel.dates import format_date

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.web.money.test_views import form
from tests.workflow.ledger.bookkeeping import FINANCE, MANAGER, OFFICER, counts
from tests.workflow.ledger.reported.test_take_over import reported
from workflow.audit.verification.verify import verify
from workflow.ledger.accounts import MoneyAct


def test_an_earmark_is_recorded_its_condition_met_and_both_are_told(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    officer, address = enter(OFFICER), f"/programmes/{ref}/money"
    today = world.clock.at.date()
    nothing = officer.post(
        f"{address}/earmarks",
        form(officer.get(address), f"{address}/earmarks")
        | {"source": "ind", "reason": "Letter of May."},
    )
    officer.post(
        f"{address}/earmarks",
        form(officer.get(address), f"{address}/earmarks")
        | {"source": "ind", "output": "Courses", "country": "moz", "condition": "Audit done"},
    )
    for act in (MoneyAct.COMMITMENT, MoneyAct.RECEIPT):
        counts(world, ref, act, "1200.5", earmark=1)
    before = told(officer.get(address))
    met = officer.post(
        f"{address}/conditions",
        form(officer.get(address), f"{address}/conditions")
        | {"earmark": "1", "on": today.isoformat(), "reason": "By the auditors."},
    )
    after, history = told(officer.get(address)), told(officer.get(f"/histories/{ref}"))

    assert nothing.status_code == 422
    assert "Say for what the money is, or on which condition." in told(nothing)
    assert "Letter of May." in nothing.text
    assert "1 · India Courses Mozambique" in before
    assert "Audit done not met yet" in before
    assert "USD 1,200.50" in before
    assert met.status_code == 303
    assert "recorded by Jane Okello" in after
    assert "recorded earmark 1 of the money of India" in history
    assert "the condition of earmark 1 was met" in history
    assert verify(world.engine.database).differences == []


def test_a_payment_is_expected_listed_as_due_and_withdrawn(world: World, enter: Enter) -> None:
    first, second = world.programmes("active", "active")
    officer = enter(OFFICER)
    due = world.clock.at.date() + timedelta(days=9)
    for ref, holder in ((first, ""), (second, "undp")):
        address = f"/programmes/{ref}/money"
        sent = {
            "source": "ind",
            "holder": holder,
            "due": due.isoformat(),
            "currency": "USD",
            "amount": "5,000",
        }
        early = sent | {"due": "2001-01-01"}
        fields = form(officer.get(address), f"{address}/payments")
        refused = officer.post(f"{address}/payments", fields | early)
        officer.post(
            f"{address}/payments", form(officer.get(address), f"{address}/payments") | sent
        )
    every = told(enter(FINANCE).get("/money"))
    of_agency = told(enter(FINANCE).get("/parties/undp/money"))
    stranger = told(enter("li.wei").get("/money"))
    address = f"/programmes/{first}/money"
    page = told(officer.get(address))
    gone = officer.post(
        f"{address}/payments/withdrawals",
        form(officer.get(address), f"{address}/payments/withdrawals")
        | {"payment": "1", "reason": "Put off."},
    )

    assert refused.status_code == 422
    assert "expected today or later" in told(refused)
    assert "Due from India" in every
    assert "To pay United Nations Development Programme" in every
    assert "Due from India" not in of_agency
    assert "To pay United Nations" in of_agency
    assert "Payments due" not in stranger
    assert "1 · Due from India" in page
    assert f"1: USD 5,000.00, {format_date(due, locale='en_GB')}" in page
    assert gone.status_code == 303
    assert "expected no more" in told(officer.get(address))
    assert "Payments due" in told(enter(FINANCE).get("/money"))


def test_who_keeps_no_books_agrees_on_nothing_and_an_outsider_reads_none(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    address = f"/programmes/{ref}/money"
    officer = enter(OFFICER)
    fields = form(officer.get(address), f"{address}/earmarks")
    officer.post(f"{address}/earmarks", fields | {"source": "ind", "output": "Secret courses"})

    manager = enter(MANAGER).post(f"{address}/earmarks", fields | {"source": "ind", "output": "X"})
    outsider = enter("li.wei")

    assert manager.status_code == 403
    assert "Secret courses" not in outsider.get(address).text
    assert outsider.post(f"{address}/payments", {}).status_code == 403


def test_what_a_report_says_is_recorded_with_one_click_and_once(world: World, enter: Enter) -> None:
    ref = reported(world)
    finance, address = enter(FINANCE), f"/programmes/{ref}/money"
    page = finance.get(address)
    fields = form(page, f"{address}/reports")
    pot = re.search(r'<option value="(nor moz 0)"', page.text)
    assert pot is not None

    done = finance.post(f"{address}/reports", fields | {"pot": pot[1], "amount": "118500"})
    after = finance.get(address)
    again = finance.post(
        f"{address}/reports",
        form(after, address) | {"paper": fields["paper"], "pot": pot[1], "amount": "118500"},
    )
    outsider = told(enter("li.wei").get(address))

    assert "Spent according to reports" in told(page)
    assert done.status_code == 303
    assert "Spent according to reports" not in told(after)
    assert "Expenditure" in told(after)
    assert again.status_code == 422
    assert "All that this report says was spent is recorded" in told(again)
    assert "Spent according to reports" not in outsider
    assert "taken over from" in told(finance.get(f"/histories/{ref}"))
