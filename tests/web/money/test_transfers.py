"""A transfer is recorded and certified on the page of a programme's money, and told wherever its movements are."""

import csv
import io

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.web.money.test_views import form
from tests.workflow.ledger.bookkeeping import FINANCE, MANAGER, OFFICER, counts, decided
from workflow.audit.verification.verify import verify
from workflow.ledger.accounts import MoneyAct


def a_budget(world: World) -> str:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.BUDGET, "1000", output="Kits", year=2027, country="moz")
    counts(world, ref, MoneyAct.BUDGET, "500", output="Courses", category="travel")
    counts(world, ref, MoneyAct.BUDGET, "80", output="Kits", source="nor")
    return ref


def test_it_is_recorded_by_one_certified_by_another_and_told_everywhere(
    world: World, enter: Enter
) -> None:
    ref = a_budget(world)
    address = f"/programmes/{ref}/money"
    officer, finance = enter(OFFICER), enter(FINANCE)
    page = officer.get(address)
    entered = {"of": "1", "to": "2", "amount": "250.50", "reason": "Fewer kits are needed.",
               "on": world.clock.at.date().isoformat()}  # fmt: skip

    sent = officer.post(f"{address}/transfers", form(page, f"{address}/transfers") | entered)
    waits = told(finance.get(address))
    decided(world, ref, 4)
    after = told(officer.get(address))
    history = told(officer.get(f"/histories/{ref}"))
    rows = list(csv.DictReader(io.StringIO(officer.get(f"{address}.csv").get_data(as_text=True).removeprefix("\ufeff"))))  # fmt: skip

    assert sent.status_code == 303
    assert "1: Kits, 2027, Mozambique; India, USD 1,000.00 left" in told(page)
    way = "from “Kits, 2027, Mozambique” to “Courses, travel”"
    assert f"4 · Transfer between budget lines India · {way} USD 250.50" in waits
    assert f"4 · Transfer between budget lines {way}" in after
    assert "Kits 2027 – Mozambique 749.50 – 749.50" in after
    assert "2 · Courses, travel India USD 750.50 – 750.50" in after
    assert (
        "recorded movement 4: USD 250.50 of India goes from one budget line to another" in history
    )
    assert "from Kits, 2027, MOZ" in history
    assert "to Courses, travel" in history
    assert [rows[-1][name] for name in ("act", "act_in_words", "amount", "output", "from_output", "from_country")] == [
        "transfer", "Transfer between budget lines", "250.50", "Courses", "Kits", "MOZ",
    ]  # fmt: skip
    assert verify(world.engine.database).differences == []


def test_what_is_refused_is_told_at_its_field_and_loses_nothing(world: World, enter: Enter) -> None:
    ref = a_budget(world)
    address = f"/programmes/{ref}/money"
    officer = enter(OFFICER)
    fields = form(officer.get(address), f"{address}/transfers")
    today = world.clock.at.date().isoformat()

    over = officer.post(f"{address}/transfers", fields | {
        "of": "1", "to": "2", "amount": "1000.01", "reason": "All of <it>", "on": today})  # fmt: skip
    whose = officer.post(f"{address}/transfers", fields | {
        "of": "1", "to": "3", "amount": "1", "reason": "x", "on": today})  # fmt: skip
    shapeless = officer.post(f"{address}/transfers", fields | {"of": "", "to": "x", "amount": ""})
    nowhere = officer.post(f"{address}/transfers", fields | {
        "of": "77", "to": "", "amount": "1", "reason": "x", "on": today})  # fmt: skip

    assert {over.status_code, whose.status_code, shapeless.status_code, nowhere.status_code} == {422}  # fmt: skip
    assert "USD 1,000.00 is neither used nor moved" in told(over)
    assert 'id="transfer-amount-error"' in over.text
    assert 'value="1000.01"' in over.text
    assert "All of &lt;it&gt;" in over.text
    assert "of the money of India and line 3 of that of Norway" in told(whose)
    assert 'id="transfer-to-error"' in whose.text


def test_who_records_no_budget_is_offered_none_and_moves_none(world: World, enter: Enter) -> None:
    ref = a_budget(world)
    address = f"/programmes/{ref}/money"
    fields = form(enter(OFFICER).get(address), f"{address}/transfers")
    today = world.clock.at.date().isoformat()
    sent = {"of": "1", "to": "2", "amount": "1", "reason": "x", "on": today}

    for who, status in ((MANAGER, 403), ("li.wei", 403)):
        visitor = enter(who)
        assert "Move money between budget lines" not in told(visitor.get(address))
        assert visitor.post(f"{address}/transfers", fields | sent).status_code == status


def test_where_no_line_has_anything_left_none_is_offered(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.PLEDGE, "10")

    assert "budget lines" not in told(enter(OFFICER).get(f"/programmes/{ref}/money"))
