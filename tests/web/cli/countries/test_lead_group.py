"""`primemover lead-group`: groups formed, signed, joined and left, what they lead, and the list."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import World, in_state
from tests.web.cli.conftest import PrimeMover
from tests.workflow.lead_groups.house import published

OFFICER, INDIA, THAILAND, BRAZIL = (
    f"{who}@demo.example" for who in ("jane.okello", "priya.menon", "somchai.chaiyasit", "paulo.sa")
)
TERMS = ("--purpose", "Train nurses.", "--working", "Each quarter.", "--brings", "IND=Courses")
PROGRAMME = "SSC-2026-001"


def fill(url: str) -> None:
    with closing(World(url)) as world:
        world.resumed()
        published(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """A house in which countries can lead together, with a programme that India and Thailand lead."""
    made = Template("house-leading", fill, in_state("formulation"))
    with databases.fresh_sqlite(tmp_path, made) as url:
        yield url


@pytest.fixture
def group(primemover: PrimeMover) -> str:
    """The lead group of the programme goes on as a group of its own, signed by both."""
    said = primemover("lead-group", "form", "--from", PROGRAMME, *TERMS, "--by", OFFICER)
    assert said.exit_code == 0, said.output
    ref = str(said.output.split(":")[0])
    for who in (INDIA, THAILAND):
        assert primemover("lead-group", "sign", ref, "--by", who).exit_code == 0
    return ref


def test_it_is_formed_from_a_programme_leads_it_and_is_listed(
    primemover: PrimeMover, group: str
) -> None:
    taken = primemover("lead-group", "take-on", group, PROGRAMME, "--by", OFFICER)
    listed = primemover("lead-group", "list", "--by", BRAZIL)
    shown = primemover("lead-group", "show", group, "--by", INDIA)

    assert taken.output == f"{group} leads {PROGRAMME} from now on.\n"
    assert f"{group}  hiv-aids  IND (convenor), THA  1 programme, Leads" in listed.output
    assert "IND  version 1 signed" in shown.output
    assert "goes back to" in shown.output


def test_members_leave_take_back_join_and_write_terms(primemover: PrimeMover, group: str) -> None:
    left = primemover("lead-group", "leave", group, "--reason", "Moved.", "--by", INDIA)
    notice = str(left.output.split(":")[0])
    back = primemover("lead-group", "take-back", notice, "--reason", "No.", "--by", INDIA)
    terms = primemover("lead-group", "terms", group, *TERMS, "--by", INDIA)
    joins = primemover("lead-group", "join", group, "--brings", "Drugs.", "--by", BRAZIL)
    wish = str(joins.output.split(":")[0])
    agreed = primemover("lead-group", "agree", wish, "--by", INDIA)
    refused = primemover("lead-group", "refuse", wish, "--reason", "No.", "--by", THAILAND)

    assert "It stands in “running”" in left.output
    assert "It stands in “taken_back”" in back.output
    assert "It stands in “before_members”" in terms.output
    assert "It stands in “before_members”" in agreed.output
    assert "It stands in “not_joined”" in refused.output


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("form", "IND", "THA", "--title", "T", "--area", "ict", *TERMS), "without convenor"),
        (("form", "IND", "PRT", "--title", "T", "--area", "ict", "--convenor", "IND", *TERMS), "never leads"),
        (("form", "IND", "--title", "T", "--area", "ict", "--convenor", "IND", *TERMS), "does not lead alone"),
        (("take-on", "SSC-1999-001", PROGRAMME), "SSC-1999-001"),
        (("let-go", PROGRAMME), "No lead group leads"),
        (("show", "SSC-1999-001"), "SSC-1999-001"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    primemover: PrimeMover, command: tuple[str, ...], said: str
) -> None:
    answer = primemover("lead-group", *command, "--by", OFFICER)

    assert answer.exit_code != 0
    assert said in answer.output
    assert "Traceback" not in answer.output
