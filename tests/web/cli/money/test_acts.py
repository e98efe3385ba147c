"""The money of a programme and the rates of exchange on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import in_state
from tests.web.cli.conftest import PrimeMover
from workflow.demo.cast import DOMAIN

REF = "SSC-2026-001"
OFFICER, FINANCE = f"jane.okello@{DOMAIN}", f"tom.becker@{DOMAIN}"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with one programme in delivery."""
    with databases.fresh_sqlite(tmp_path, in_state("active")) as url:
        yield url


def test_money_is_recorded_certified_shown_and_taken_back(primemover: PrimeMover) -> None:
    committed = primemover(
        "money", "record", REF, "commitment", "ind", "USD", "180000", "--by", OFFICER
    )
    certified = primemover("money", "certify", REF, "1", "--by", FINANCE)
    over = primemover("money", "record", REF, "receipt", "ind", "USD", "180001", "--by", OFFICER)
    back = primemover("money", "correct", REF, "1", "--by", OFFICER, "--reason", "Typed twice.")
    own = primemover("money", "certify", REF, "2", "--by", OFFICER)
    shown = primemover("money", "show", REF, "--by", FINANCE)

    assert (committed.exit_code, certified.exit_code, back.exit_code) == (0, 0, 0)
    assert "Movement 1 is recorded." in committed.output
    assert "Movement 1 is certified." in certified.output
    assert (over.exit_code, own.exit_code) == (1, 1)
    assert "USD 180,000.00 is still to come" in over.output
    assert "India: pledged USD 0.00, committed USD 180,000.00" in shown.output
    assert "2  2026-" in shown.output
    assert "(takes back 1): USD -180,000.00 of India, waits to be certified" in shown.output


def test_the_ledger_is_held_against_its_papers(primemover: PrimeMover) -> None:
    before = primemover("money", "reconcile", REF, "--by", FINANCE)
    primemover("money", "record", REF, "budget", "ind", "USD", "384999.50", "--year", "2027", "--by", OFFICER)  # fmt: skip
    primemover("money", "certify", REF, "1", "--by", FINANCE)

    after = primemover("money", "reconcile", REF, "--by", FINANCE)

    where = f"Budget in all ({REF}: Project document, version 1)"
    assert "Nothing can be compared yet." in before.output
    assert f"{where}: cannot be compared, because no budget line counts" in before.output
    assert f"{where}: the paper says USD 385,000.00, the ledger USD 384,999.50: differs by USD -0.50" in after.output  # fmt: skip


def test_a_statement_is_shown_of_everything_a_framework_or_a_party(primemover: PrimeMover) -> None:
    primemover("money", "record", REF, "commitment", "nor", "USD", "1000", "--by", OFFICER)
    primemover("money", "certify", REF, "1", "--by", FINANCE)

    whole, framework, party, none, both, unknown = (
        primemover("money", "statement", *of, "--by", OFFICER)
        for of in ((), ("--framework", "F7"), ("--party", "NOR"), ("--party", "ind"),
                   ("--party", "nor", "--framework", "F7"), ("--party", "atlantis"))
    )  # fmt: skip

    for shown in (whole, framework):
        assert "all sources: pledged USD 0.00, committed USD 1,000.00" in shown.output
    assert f"{REF}  Distance learning for nurses: pledged USD 0.00" in party.output
    assert "all sources" not in party.output
    assert "No money counts by this day." in none.output
    assert (both.exit_code, unknown.exit_code) == (2, 1)
    assert "There is no party called atlantis." in unknown.output


def test_programmes_are_written_as_activities(
    primemover: PrimeMover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "iati.xml"
    primemover("money", "record", REF, "commitment", "nor", "USD", "1000", "--by", OFFICER)
    primemover("money", "certify", REF, "1", "--by", FINANCE)
    refused = primemover("money", "iati", REF, "--output", str(file), "--by", OFFICER)
    monkeypatch.setenv("PRIMEMOVER_IATI_ORGANISATION", "XM-DAC-41114")

    done = primemover("money", "iati", "--output", str(file), "--by", OFFICER)

    assert (refused.exit_code, done.exit_code) == (1, 0)
    assert "PRIMEMOVER_IATI_ORGANISATION" in refused.output
    assert "1 of 1 programmes, those with a planned day" in done.output
    assert f"XM-DAC-41114-{REF}" in file.read_text("utf-8")


def test_rates_are_entered_from_a_file(primemover: PrimeMover, tmp_path: Path) -> None:
    file, other = tmp_path / "march.csv", tmp_path / "spoilt.csv"
    file.write_text("date,currency,units_per_usd\n2026-03-01,EUR,0.9200\n")
    other.write_text("date,currency,units_per_usd\n2026-03-01,EUR,0.93\n")

    entered = primemover("rates", "enter", str(file), "--by", FINANCE)
    refused = primemover("rates", "enter", str(other))
    listed = primemover("rates", "list")

    assert (entered.exit_code, refused.exit_code) == (0, 1)
    assert "1 rate is entered." in entered.output
    assert "EUR, 1 Mar 2026: 0.92 was entered for this day before" in refused.output
    assert listed.output == "2026-03-01  EUR  0.92 for a dollar\n"


def test_a_list_of_rates_has_a_length(primemover: PrimeMover) -> None:
    refused = [primemover("rates", "list", "--most", most) for most in ("0", "-1", "9" * 20)]

    assert [each.exit_code for each in refused] == [2, 2, 2]


def test_what_keeps_accounts_open_is_listed(primemover: PrimeMover) -> None:
    before = primemover("money", "closure", REF, "--by", FINANCE)
    primemover("money", "record", REF, "commitment", "ind", "USD", "50", "--by", OFFICER)
    waits = primemover("money", "waiting", "--by", FINANCE)
    own = primemover("money", "waiting", "--by", OFFICER)
    after = primemover("money", "closure", REF, "--by", FINANCE)

    assert "No money was ever recorded." in before.output
    assert f"{REF}  " in waits.output
    assert "No money waits to be certified by you." in own.output
    assert "open: 1 movement waits to be certified: 1." in after.output


def test_what_is_earmarked_and_expected_is_recorded_listed_and_withdrawn(
    primemover: PrimeMover,
) -> None:
    by = ("--by", OFFICER)
    mark = primemover(
        "money", "earmark", REF, "ind", "--output", "Courses", "--condition", "Audit", *by
    )
    primemover("money", "record", REF, "commitment", "ind", "USD", "900", "--earmark", "1", *by)
    primemover("money", "certify", REF, "1", "--by", FINANCE)
    primemover("money", "record", REF, "receipt", "ind", "USD", "900", "--earmark", "1", *by)
    primemover("money", "certify", REF, "2", "--by", FINANCE)
    spend = ("money", "record", REF, "expenditure", "ind", "USD", "5", "--earmark", "1")
    unmet = primemover(*spend, "--output", "Courses", *by)
    met = primemover("money", "met", REF, "1", "--reason", "By the auditors.", *by)
    elsewhere = primemover(*spend, "--output", "Fuel", *by)
    spent = primemover(*spend, "--output", "Courses", *by)
    wrong = primemover("money", "expect", REF, "ind", "USD", "70", "--due", "2001-01-01", *by)
    payment = primemover("money", "expect", REF, "ind", "USD", "70", "--due", "2199-01-01", *by)
    due = primemover("money", "due", "--by", FINANCE)
    gone = primemover("money", "withdraw", REF, "1", "--reason", "Put off.", *by)

    assert "Earmark 1 is recorded" in mark.output
    assert (unmet.exit_code, met.exit_code, elsewhere.exit_code, spent.exit_code) == (1, 0, 1, 0)
    assert "once “Audit” is met" in unmet.output
    assert "for “Courses”" in elsewhere.output
    assert (wrong.exit_code, payment.exit_code, gone.exit_code) == (1, 0, 0)
    assert "today or later" in wrong.output
    assert "No payment is late or due within a month." in due.output


def test_budget_lines_are_listed_and_money_moves_between_them(primemover: PrimeMover) -> None:
    none = primemover("money", "lines", REF, "--by", FINANCE)
    primemover("money", "record", REF, "budget", "ind", "USD", "1000", "--output", "Kits", "--year", "2027", "--by", OFFICER)  # fmt: skip
    primemover("money", "certify", REF, "1", "--by", FINANCE)

    moved = primemover("money", "transfer", REF, "1", "250", "--output", "Courses", "--country", "MOZ", "--reason", "Fewer kits.", "--by", OFFICER)  # fmt: skip
    certified = primemover("money", "certify", REF, "2", "--by", FINANCE)
    over = primemover("money", "transfer", REF, "1", "750.01", "--to", "2", "--reason", "All.", "--by", OFFICER)  # fmt: skip
    mute = primemover("money", "transfer", REF, "1", "1", "--to", "7", "--by", OFFICER)
    lines = primemover("money", "lines", REF, "--by", FINANCE)
    shown = primemover("money", "show", REF, "--by", FINANCE)

    assert f"{REF} has no budget lines." in none.output
    assert (moved.exit_code, certified.exit_code, over.exit_code, mute.exit_code) == (0, 0, 1, 1)
    assert "Movement 2 is recorded." in moved.output
    assert "USD 750.00 is neither used nor moved" in over.output
    assert "its lines are 1, 2" in mute.output
    assert "Say why it is moved." in mute.output
    assert "1  Kits, 2027: USD 750.00 of India, USD 750.00 left" in lines.output
    assert "2  Courses, MOZ: USD 250.00 of India, USD 250.00 left" in lines.output
    assert "USD 250.00 of India, from Kits, 2027 to Courses, MOZ, certified by" in shown.output
