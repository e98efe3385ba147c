"""What countries share, at the command line: the whole life of a solution and of an expert."""

from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.sharing.shared import listed

BRAZIL, OFFICER, INDIA = (
    "paulo.sa@demo.example",
    "jane.okello@demo.example",
    "priya.menon@demo.example",
)
SAID = ("--summary", "Milk for newborn children.", "--area", "hiv-aids", "--language", "pt")


@pytest.fixture
def sqlite_url(sqlite_house_url: str) -> str:
    return sqlite_house_url


def test_a_solution_is_entered_confirmed_found_changed_and_kept(primemover: PrimeMover) -> None:
    title = ("--title", "Human milk banks")

    entered = primemover("sharing", "enter", "solution", "BRA", *title, *SAID, "--by", BRAZIL)
    alone = primemover("sharing", "confirm", "1", "1", "--by", BRAZIL)
    confirmed = primemover("sharing", "confirm", "1", "1", "--by", OFFICER)
    found = primemover("sharing", "search", "newborn", "--by", INDIA)
    foreign = primemover("sharing", "change", "1", "--title", "Ours", "--by", INDIA)
    changed = primemover("sharing", "change", "1", "--title", "Milk banks", "--by", BRAZIL)
    waits = primemover("sharing", "list", "--by", BRAZIL)
    declined = primemover("sharing", "decline", "1", "2", "--reason", "Say whose.", "--by", OFFICER)
    kept = primemover("sharing", "keep", "1", "--by", BRAZIL)
    shown = primemover("sharing", "show", "1", "--by", BRAZIL)

    assert entered.output == "Entry 1 waits for a second person: primemover sharing confirm 1 1\n"
    assert (alone.exit_code, "second person" in alone.output) == (1, True)
    assert "Entry 1 is listed to" in confirmed.output
    assert "1  solution  Human milk banks, Brazil: hiv-aids" in found.output
    assert (foreign.exit_code, "focal point" in foreign.output) == (1, True)
    assert changed.output == "Wording 2 of entry 1 waits for a second person.\n"
    assert "yours: 1  solution  Human milk banks, Brazil: hiv-aids, waits for" in waits.output
    assert (declined.exit_code, kept.exit_code) == (0, 0)
    assert "declined (wording 2)  Jane Okello" in shown.output


def test_an_expert_is_entered_with_a_consent_and_withdrawn_with_every_word(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    said = ("--title", "Iracema Quaresma", *SAID, "--availability", "June")
    agreed = (
        "--consented-on",
        "2026-01-01",
        "--consented-until",
        "2028-06-01",
        "--consent",
        "Yes.",
    )
    expert = ("sharing", "enter", "expert", "bra", *said)

    without = primemover(*expert, "--by", BRAZIL)
    halfway = primemover(*expert, "--consent", "Yes.", "--by", BRAZIL)
    bare = primemover(*expert, "--in-files", "--by", BRAZIL)
    primemover(*expert, *agreed, "--by", BRAZIL)
    primemover("sharing", "confirm", "1", "1", "--by", OFFICER)
    listed = primemover("sharing", "list", "--by", INDIA)
    gone = primemover("sharing", "withdraw", "1", "--by", BRAZIL)
    hidden = primemover("sharing", "show", "1", "--by", INDIA)

    assert (without.exit_code, "consent alone" in without.output) == (1, True)
    assert (halfway.exit_code, "--consented-until" in halfway.output) == (2, True)
    assert (bare.exit_code, "--consented-until" in bare.output) == (2, True)
    assert "Iracema Quaresma" in listed.output
    assert "Entry 1 is withdrawn; 2 texts are erased." in gone.output
    assert (hidden.exit_code, "There is no entry 1" in hidden.output) == (1, True)
    assert len((tmp_path / "home" / "erasures.jsonl").read_text().splitlines()) == 2
    file = copyfile(sqlite_url.removeprefix("sqlite:///"), tmp_path / "copy.db")
    assert b"Quaresma" not in Path(file).read_bytes()
    assert primemover("verify").exit_code == 0


def test_an_officer_is_told_whom_to_invite_and_nobody_else(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    with closing(World(sqlite_url)) as world:
        listed(world)
        ref = world.programme("screening")

    told = primemover("sharing", "suggest", ref, "--by", OFFICER)
    other = primemover("sharing", "suggest", ref, "--by", INDIA)

    assert "bra  Brazil" in told.output
    assert "    It shares in these areas: solution: 1. (what countries share)" in told.output
    assert other.output == "Nobody is suggested.\n"


def test_what_a_programme_uses_is_listed(primemover: PrimeMover, sqlite_url: str) -> None:
    with closing(World(sqlite_url)) as world:
        ref = world.programme("screening")
        listed(world)
    submitter = "joao.lima@demo.example"

    before = primemover("sharing", "used", ref, "--by", INDIA)
    primemover("sharing", "use", "1", ref, "--by", submitter)
    after = primemover("sharing", "used", ref, "--by", INDIA)
    nowhere = primemover("sharing", "used", "SSC-1999-001", "--by", INDIA)

    assert before.output == f"{ref} uses nothing that is listed.\n"
    assert after.output == "1  solution  Human milk banks\n"
    assert (nowhere.exit_code, "There is no programme called" in nowhere.output) == (1, True)


@pytest.mark.parametrize(
    "said",
    [
        ("sharing", "show", "9" * 30),
        ("sharing", "withdraw", "9" * 12),
        ("sharing", "confirm", "1", "9" * 30),
        ("money", "withdraw", "SSC-2026-001", "9" * 30, "--reason", "Typed twice."),
    ],
)
def test_a_number_that_nothing_has_is_refused_in_a_sentence(
    primemover: PrimeMover, said: tuple[str, ...]
) -> None:
    refused = primemover(*said, "--by", OFFICER)

    assert refused.exit_code == 2
    assert "is not in the range" in refused.output
