"""Programmes of elsewhere on the command line: each way that a record may go."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import NURSES, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.programmes.records import ADOPTABLE, CONFIRMING, REAL, RECORDS
from workflow.clock import utc_now
from workflow.demo import path
from workflow.demo.cast import CAST

MAIL = {actor.email.partition("@")[0]: actor.email for actor in CAST}
OFFICER, HEAD = ("--by", MAIL["jane.okello"]), ("--by", MAIL["elena.petrova"])
DIRECTOR = ("--by", MAIL["elena.petrova"])


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with what was imported into it."""
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        yield url


def test_a_record_is_taken_up_from_the_first_look_to_the_last_confirmation(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    paper = tmp_path / "agreement.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    taking = ("--state", "active", "--agency", "undp", "--country", "CPV", "--lead", "BRA")
    steps = [
        primemover("programme", "place", ADOPTABLE, *taking, *OFFICER),
        primemover(
            "programme", "write", ADOPTABLE, "--why", "It goes on.",
            "--field", "End", "2028", "Letter of 3 March", *OFFICER,
        ),
        *(
            primemover(
                "programme", "bring-in", ADOPTABLE, kind, paper, "--dated", "2014-03-02", *OFFICER
            )
            for kind in ("project_document", "annual_work_plan")
        ),
        primemover("programme", "adopt", ADOPTABLE, "--reason", "It goes on.", *OFFICER),
        listed := primemover("programme", "records"),
        *(
            primemover("programme", "confirm", ADOPTABLE, "--by", MAIL[who])
            for who in CONFIRMING
        ),
    ]  # fmt: skip

    assert [step.output for step in steps if step.exit_code] == []
    assert "being confirmed since 20" in listed.output
    assert "still owed by Special Unit for South-South Cooperation, " in listed.output
    assert steps[-1].output.endswith(f"{ADOPTABLE} stands in active.\n")
    assert ADOPTABLE not in primemover("programme", "records").output
    assert primemover("verify").exit_code == 0


def test_a_look_says_what_is_missing(primemover: PrimeMover) -> None:
    looked = primemover("programme", "record", ADOPTABLE, *OFFICER)

    assert looked.exit_code == 0, looked.stderr
    assert "  adoption: missing" in looked.output.splitlines()
    assert "    Adoption record: not filed yet" in looked.output.splitlines()
    assert "  project_document: not brought in" in looked.output.splitlines()


def test_a_record_is_kept_brought_back_and_ended(primemover: PrimeMover) -> None:
    why = ("--reason", "Nothing more is known.")
    kept = primemover("programme", "record-only", ADOPTABLE, *why, *OFFICER)
    listed = primemover("programme", "records", "--kept")
    back = primemover("programme", "bring-back", ADOPTABLE, *why, *OFFICER)
    ended = primemover(
        "programme", "ended", ADOPTABLE, "--on", "2016-12", "--evidence", "Report, page 3",
        *DIRECTOR,
    )  # fmt: skip

    assert [kept.exit_code, back.exit_code, ended.exit_code] == [0, 0, 0], ended.stderr
    assert ADOPTABLE in listed.output
    assert ended.output.endswith("stands in closed.\n")
    assert primemover("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("place", ADOPTABLE, "--state", "closed", *OFFICER), "No record is taken up in that"),
        (("place", ADOPTABLE, "--lead", "XXX", *OFFICER), "No country is called xxx."),
        (("place", "SSC-NONE", *OFFICER), "There is no programme called SSC-NONE."),
        (("adopt", ADOPTABLE, "--reason", "Now", *OFFICER), "not brought in"),
        (("confirm", ADOPTABLE, *OFFICER), "Nobody asks you to confirm"),
        (
            ("write", ADOPTABLE, "--field", "Colour", "red", "none", *OFFICER),
            "No field of a record is called Colour",
        ),
        (("record-only", ADOPTABLE, "--reason", "x", "--by", "no@example.org"), "Nobody with"),
        (
            ("ended", ADOPTABLE, "--on", "2016", "--evidence", "A page", *OFFICER),
            "Only the Director",
        ),
    ],
)
def test_what_cannot_be_is_said_with_an_exit_status(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    refused = primemover("programme", *words)

    assert refused.exit_code != 0
    assert said in refused.stderr


def test_a_record_is_merged_and_a_later_file_declined(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    into = ("--into", ADOPTABLE, "--reason", "One effort.")
    merged = primemover("programme", "merge", "SSC-P077", *into, *OFFICER)
    own = primemover("programme", "merge", "SSC-P077", *into[:2], "--confirm", *OFFICER)
    waiting = primemover("programme", "merged", ADOPTABLE, *OFFICER)
    confirmed = primemover("programme", "merge", "SSC-P077", *into[:2], "--confirm", *HEAD)
    kept = primemover("programme", "merged", ADOPTABLE, *OFFICER)
    later = tmp_path / "later.csv"
    later.write_bytes(
        REAL.read_bytes().replace(b"Africa-Asia drought adaptation", b"Renamed elsewhere")
    )
    imported = primemover("import", "programmes", later)

    listed = primemover("programme", "differences")
    declined = primemover("programme", "accept", "1", "--decline", "Ours is newer.", *OFFICER)

    again = primemover("import", "programmes", later)

    assert own.exit_code != 0
    assert "somebody else has to confirm it" in own.stderr
    assert "to be confirmed" in waiting.output
    assert (confirmed.exit_code, "SSC-P077" in kept.output) == (0, True), confirmed.stderr
    assert "to be confirmed" not in kept.output
    assert "SSC-P077: stays as it is here; what the file says was declined" in again.output
    assert "see primemover programme differences" not in again.output
    assert (merged.exit_code, imported.exit_code) == (0, 0), merged.stderr + imported.stderr
    assert "SSC-P077: has moved on here" in imported.output
    assert "    title: Africa-Asia drought adaptation -> Renamed elsewhere" in listed.output
    assert declined.exit_code == 0, declined.stderr
    assert primemover("programme", "differences").output == "No later record waits.\n"
    assert primemover("verify").exit_code == 0


@pytest.mark.parametrize("who", ["jane.okello", "leilani.tau"])
def test_no_command_tells_whoever_is_outside_of_a_draft_that_it_is_there(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path, who: str
) -> None:
    paper, by = tmp_path / "agreement.pdf", ("--by", MAIL[who])
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with closing(World(sqlite_url, utc_now())) as world:
        draft = path.begin(world, NURSES)

    def told(ref: str) -> list[str]:
        bringing = ("--dated", "2014-03-02")
        said = [
            primemover("programme", "record", ref, *by),
            primemover("programme", "place", ref, "--state", "active", *by),
            primemover("programme", "write", ref, "--why", "It goes on.", *by),
            primemover("programme", "bring-in", ref, "project_document", paper, *bringing, *by),
            primemover("programme", "adopt", ref, "--reason", "It goes on.", *by),
            primemover("programme", "record-only", ref, "--reason", "It is over.", *by),
            primemover("programme", "confirm", ref, *by),
            primemover("desk", "hand", ref, MAIL["jane.okello"], "--reason", "On leave.", *by),
        ]
        assert all(each.exit_code for each in said)
        return [each.output.replace(ref, "") for each in said]

    assert told(draft) == told("SSC-1999-999")
