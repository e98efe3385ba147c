"""The money of a programme on its page: recorded, certified, refused with nothing lost, taken away."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import TestResponse

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import (
    FINANCE,
    MANAGER,
    OFFICER,
    counts,
    decided,
    rates,
    recorded,
    taken_back,
)
from workflow.audit.verification.verify import verify
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.rate_files import enter_rates

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def form(page: TestResponse, action: str) -> dict[str, str]:
    """The hidden fields of the first form that is sent to an address."""
    found = re.search(rf'<form method="post" action="{re.escape(action)}"(.*?)</form>', page.text, re.DOTALL)  # fmt: skip
    assert found is not None, action
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1]))


def a_book(world: World) -> str:
    """A programme with money of two sources in two currencies, some of it spent."""
    ref = world.programme("active")
    rates(world)
    counts(world, ref, MoneyAct.COMMITMENT, "180000")
    counts(world, ref, MoneyAct.RECEIPT, "120000.50")
    counts(world, ref, MoneyAct.COMMITMENT, "15025000", source="nor", currency="JPY")
    counts(world, ref, MoneyAct.RECEIPT, "1502500", source="nor", currency="JPY")
    counts(world, ref, MoneyAct.DISBURSEMENT, "100000", holder="undp")
    counts(
        world, ref, MoneyAct.EXPENDITURE, "97400.25", holder="undp", who=MANAGER, output="Courses"
    )
    return ref


def test_whoever_may_see_the_programme_sees_what_counts(world: World, enter: Enter) -> None:
    ref = a_book(world)
    recorded(world, ref, MoneyAct.PLEDGE, "777", source="zaf")

    page = enter("li.wei").get(f"/programmes/{ref}/money")

    said = told(page)
    assert page.status_code == 200
    assert "India – 180,000.00 120,000.50 – – 97,400.25 22,600.25 59,999.50" in said
    assert "All sources – 280,000.00 130,000.50" in said
    assert "150.25 for a dollar, rate of" in said
    assert "777" not in said
    assert "Record money" not in said
    assert "style=" not in page.text


def test_it_is_recorded_by_one_and_certified_by_another(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    address = f"/programmes/{ref}/money"
    officer = enter(OFFICER)
    fields = form(officer.get(address), address)
    entered = {"act": "commitment", "source": "ind", "on": world.clock.at.date().isoformat(),
               "currency": "USD", "amount": "180,000", "holder": "", "reason": "Equipment only."}  # fmt: skip

    sent = officer.post(address, fields | entered)
    again = officer.post(address, fields | entered)
    finance = enter(FINANCE)
    home = told(finance.get("/"))
    page = finance.get(address)
    verdict = form(page, f"{address}/verdicts")
    done = finance.post(f"{address}/verdicts", verdict | {"verdict": "certify", "reason": ""})

    assert (sent.status_code, again.status_code, done.status_code) == (303, 303, 303)
    assert "Money to certify" in home
    assert "certify 1 movement" in home
    assert told(page).count("Certify movement") == 1
    assert "India – 180,000.00" in told(officer.get(address))
    assert "Jane Okello recorded movement 1" in told(finance.get(f"/histories/{ref}"))
    assert "Money to certify" not in told(finance.get("/"))
    assert verify(world.engine.database).differences == []


def test_it_stands_in_the_queue_and_badge_of_who_certifies_and_is_named_when_it_is_done(
    world: World, enter: Enter
) -> None:
    first, second = world.programmes("active", "active")
    for ref in (first, second):
        recorded(world, ref, MoneyAct.PLEDGE, "1200.5", who=OFFICER)
    finance, officer = enter(FINANCE), enter(OFFICER)

    queue = finance.get("/queue")
    own = told(officer.get("/queue"))
    address = f"/programmes/{first}/money"
    verdict = form(finance.get(address), f"{address}/verdicts")
    finance.post(f"{address}/verdicts", verdict | {"verdict": "certify", "reason": ""})
    done = told(finance.get(address))
    after = told(finance.get("/queue"))

    assert "2 movements of money to certify" in told(queue)
    assert "Nothing waits" not in told(queue)
    assert '<span class="bar__badge">2<' in queue.text
    assert "to certify" not in own
    assert "Certified, and counts from now on: 1: Pledge, USD 1,200.50, India." in done
    assert "1 movement of money to certify" in after


def test_what_is_refused_is_told_at_its_field_and_keeps_what_was_typed(
    world: World, enter: Enter
) -> None:
    ref = a_book(world)
    address = f"/programmes/{ref}/money"
    officer = enter(OFFICER)
    fields = form(officer.get(address), address)
    today = world.clock.at.date().isoformat()

    page = officer.post(
        address,
        fields | {"act": "receipt", "source": "ind", "on": today, "currency": "USD",
                  "amount": "60000", "holder": "", "reason": "Second <part>"},
    )  # fmt: skip
    shapeless = officer.post(
        address, fields | {"act": "", "on": "soon", "amount": "many", "reason": "Kept"}
    )

    assert (page.status_code, shapeless.status_code) == (422, 422)
    assert "USD 59,999.50 is still to come" in told(page)
    assert 'value="60000"' in page.text
    assert "Second &lt;part&gt;" in page.text
    assert 'id="amount-error"' in page.text
    assert "Kept" in shapeless.text
    assert 'value="many"' in shapeless.text


def test_nobody_certifies_their_own_and_a_declining_says_why(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE)
    recorded(world, ref, MoneyAct.PLEDGE, "20")
    address = f"/programmes/{ref}/money"
    finance = enter(FINANCE)
    page = finance.get(address)
    fields = form(page, f"{address}/verdicts")

    own = finance.post(f"{address}/verdicts", fields | {"movement": "1", "verdict": "certify"})
    mute = finance.post(f"{address}/verdicts", fields | {"movement": "2", "verdict": "decline"})
    done = finance.post(
        f"{address}/verdicts",
        form(mute, f"{address}/verdicts") | {"verdict": "decline", "reason": "No letter."},
    )

    assert (own.status_code, mute.status_code, done.status_code) == (403, 422, 303)
    assert told(page).count("Certify movement") == 1
    assert "Say why." in told(mute)
    assert "Not certified" in told(finance.get(address))


def test_a_movement_is_taken_back_by_a_counter_entry(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "180000")
    address = f"/programmes/{ref}/money"
    officer = enter(OFFICER)
    fields = form(officer.get(address), f"{address}/corrections")
    on = world.clock.at.date().isoformat()

    mute = officer.post(f"{address}/corrections", fields | {"movement": "1", "on": on})
    done = officer.post(
        f"{address}/corrections", fields | {"movement": "1", "on": on, "reason": "Typed twice."}
    )
    decided(world, ref, 2)

    assert (mute.status_code, done.status_code) == (422, 303)
    said = told(officer.get(address))
    assert "takes back movement 1" in said
    assert "taken back by movement 2" in said


def test_it_stands_as_it_stood_on_another_day(world: World, enter: Enter) -> None:
    ref = a_book(world)
    address = f"/programmes/{ref}/money"

    assert "No money counts by this day" in told(enter("li.wei").get(f"{address}?on=2026-01-01"))
    assert "180,000.00" in told(enter("li.wei").get(f"{address}?on=nonsense"))


def test_the_table_and_the_workbook_say_what_the_page_says(world: World, enter: Enter) -> None:
    ref = a_book(world)
    taken_back(world, ref, 6, who=MANAGER)
    decided(world, ref, 7)
    visitor = enter("li.wei")
    page = told(visitor.get(f"/programmes/{ref}/money"))

    table = visitor.get(f"/programmes/{ref}/money.csv").get_data(as_text=True)
    book = visitor.get(f"/programmes/{ref}/money.xlsx").get_data()

    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["movement"] for row in rows] == ["1", "2", "3", "4", "5", "6", "7"]
    assert rows[-1]["amount"] == "'-97400.25"
    sheets = zipfile.ZipFile(io.BytesIO(book))
    sums = numbers(sheets.read("xl/worksheets/sheet1.xml"))
    total = sums[-1]
    for number in (total[2], total[3], total[8], total[9]):
        assert f"{number:,.2f}" in page
    usd = sum(Decimal(row["usd"].strip("'")) for row in rows if row["act"] == "receipt")
    assert total[3] == usd == Decimal("130000.50")


def test_the_page_and_the_workbook_say_how_the_ledger_stands_to_the_papers(
    world: World, enter: Enter
) -> None:
    ref = a_book(world)
    counts(world, ref, MoneyAct.BUDGET, "150000", year=2027)
    counts(world, ref, MoneyAct.BUDGET, "200000", year=2028)
    visitor = enter("li.wei")

    page = visitor.get(f"/programmes/{ref}/money")
    book = zipfile.ZipFile(io.BytesIO(visitor.get(f"/programmes/{ref}/money.xlsx").get_data()))

    said = told(page)
    assert "3 figures differ from the ledger." in said
    assert (
        "Budget in all SSC-2026-001: Project document, version 1 385,000.00 350,000.00 -35,000.00 differs"
        in said
    )
    assert (
        "Budget of 2027 SSC-2026-001: Project document, version 1 150,000.00 150,000.00 agrees"
        in said
    )
    assert f'href="/programmes/{ref}/documents/project_document?version=1"' in page.text
    assert numbers(book.read("xl/worksheets/sheet5.xml"))[1:4] == [
        [385000, 350000, -35000, 0],
        [150000, 150000, 0, 0],
        [235000, 200000, -35000, 0],
    ]
    assert "Planned for 2027, beside the budget of that year" in said  # fmt: skip


def test_a_settled_source_is_settled_in_dollars_on_the_page_and_in_the_workbook(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    euros = {MoneyAct.COMMITMENT: "0.92", MoneyAct.RECEIPT: "0.80", MoneyAct.EXPENDITURE: "0.75"}
    today = world.clock.at.date()
    for act, after in zip(euros, (2, 1, 0), strict=True):
        day = today - timedelta(after)
        file = f"date,currency,units_per_usd\n{day},EUR,{euros[act]}\n"
        enter_rates(world.engine, world.person(FINANCE), file)
        counts(world, ref, act, "100", currency="EUR", on=day)
    visitor = enter("li.wei")

    page = told(visitor.get(f"/programmes/{ref}/money"))
    book = zipfile.ZipFile(io.BytesIO(visitor.get(f"/programmes/{ref}/money.xlsx").get_data()))

    assert "India – 108.70 125.00 – – 133.33 – – 24.63" in page
    assert "All sources – 108.70 125.00 – – 133.33 – – 24.63" in page
    for line in numbers(book.read("xl/worksheets/sheet1.xml"))[1:]:
        assert line[-3:] == [0, 0, Decimal("24.63")]


def numbers(sheet: bytes) -> list[list[Decimal]]:
    """The numbers of each row of a sheet."""
    rows = ET.fromstring(sheet).iter(f"{SHEET}row")
    return [
        [Decimal(cell.findtext(f"{SHEET}v") or "0") for cell in row if cell.get("t") is None]
        for row in rows
    ]


@pytest.mark.parametrize("rest", ["", ".csv", ".xlsx"])
def test_a_draft_of_others_has_no_money_to_be_seen(world: World, enter: Enter, rest: str) -> None:
    ref = world.programme("draft")

    assert enter("li.wei").get(f"/programmes/{ref}/money{rest}").status_code == 404
    assert enter("joao.lima").get(f"/programmes/{ref}/money{rest}").status_code == 200


def test_a_stranger_records_nothing(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    visitor = enter("li.wei")

    for rest in ("", "/verdicts", "/corrections"):
        assert visitor.post(f"/programmes/{ref}/money{rest}", {}).status_code == 403


@pytest.mark.parametrize(
    ("where", "field", "value"),
    [
        ("", "act", "gift"),
        ("/verdicts", "verdict", "certifyy"),
        ("/corrections", "movement", "none"),
    ],
)
def test_what_is_none_of_what_is_offered_is_refused_and_decides_nothing(
    world: World, enter: Enter, where: str, field: str, value: str
) -> None:
    ref = a_book(world)
    recorded(world, ref, MoneyAct.PLEDGE, "777", source="zaf")
    address, finance = f"/programmes/{ref}/money", enter(FINANCE)
    shown = form(finance.get(address), f"{address}{where}")
    on = world.clock.at.date().isoformat()
    whole = {"source": "ind", "on": on, "currency": "USD", "amount": "5", "holder": "",
             "reason": "So it is said."}  # fmt: skip

    answer = finance.post(f"{address}{where}", shown | whole | {field: value})

    assert answer.status_code == 422
    assert "Certify movement" in told(finance.get(address))
