"""Terms that no replayed body has, one by one: heavy votes, all but some, who joins later, the least."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.engine.silence.chamber import DEFINITIONS, INSTANT, Chamber
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.errors import NotAuthorised
from workflow.people.commands import ensure_party

LEAST = 'least = { amount = 72, unit = "hours" }\n'
SPAN = 'within = { amount = 72, unit = "hours", zone = "America/New_York" }\n'


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    """What these terms mean is the same on every database."""
    world = World(sqlite_house_url)
    yield world
    world.close()


def under(world: World, folder: Path, terms: str = "", span: str = SPAN) -> Chamber:
    """Five members under a silence of the General Assembly with other terms."""
    known = (DEFINITIONS / "general-assembly.toml").read_text(encoding="utf-8")
    assert LEAST in known
    assert SPAN in known
    changed = known.replace(LEAST, LEAST + terms, 1).replace(SPAN, span, 1)
    (folder / "general-assembly.toml").write_text(changed, encoding="utf-8")
    chamber = Chamber(world, "general-assembly", folder=folder, a=5)
    chamber.open()
    return chamber


@pytest.mark.parametrize(
    ("terms", "objecting", "outcome"),
    [
        ("", ["a1"], "broken"),
        ("breaks = { number = 2 }\n", ["a1"], None),
        ("breaks = { number = 2 }\n", ["a1", "a5"], "broken"),
        ("breaks = { all_but = 1 }\n", ["a1"], None),
        ("breaks = { all_but = 1 }\n", ["a1", "a2"], "broken"),
        ('breaks = { share = "1/3" }\nweights = { "party:a1" = 3 }\n', ["a1"], "broken"),
        ('breaks = { share = "1/3" }\nweights = { "party:a1" = 3 }\n', ["a2", "a3"], None),
        ('breaks = { share = "1/3" }\nweights = { "party:a1" = 3 }\n', ["a2", "a3", "a4"], "broken"),
    ],
)  # fmt: skip
def test_a_silence_breaks_by_what_its_terms_count(
    world: World, tmp_path: Path, terms: str, objecting: list[str], outcome: str | None
) -> None:
    chamber = under(world, tmp_path, terms)

    for who in objecting:
        chamber.answer(who, "object")

    assert chamber.round.outcome == outcome


def test_an_objection_withdrawn_in_time_counts_no_more(world: World, tmp_path: Path) -> None:
    chamber = under(world, tmp_path, "breaks = { number = 2 }\n")
    chamber.answer("a1", "object")
    chamber.answer("a1", "state")
    chamber.answer("a2", "object")
    chamber.at_the_end(after=INSTANT)

    sweep(world.engine)

    assert chamber.round.outcome == "adopted"


def test_a_party_that_joins_later_is_no_participant(world: World, tmp_path: Path) -> None:
    chamber = under(world, tmp_path)
    asked = {seat.party_id for seat in chamber.seats()}
    with world.engine.transaction() as session:
        party = ensure_party(session, "late", "organisation", "LATE")
        chamber.join(session, "late", "member", party)
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == "TEXT-1")).one()
        row = {"case_id": case, "capacity": "beneficiary", "party_id": party}
        session.execute(insert(CaseParty).values(row))
    world.honest = False

    with pytest.raises(NotAuthorised):
        chamber.answer("late", "object")

    assert {seat.party_id for seat in chamber.seats()} == asked
    assert chamber.round.status == "open"


@pytest.mark.parametrize(
    "opened",
    [
        datetime(2026, 3, 6, 22, 30, tzinfo=UTC),
        datetime(2026, 10, 30, 15, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
@pytest.mark.parametrize(
    "span",
    [
        SPAN,
        'within = { amount = 4, unit = "days", zone = "America/New_York", cut_off = "09:00" }\n',
    ],
)
def test_a_window_never_lasts_less_than_its_least_whenever_it_opens(
    world: World, tmp_path: Path, opened: datetime, span: str
) -> None:
    world.clock.at = opened

    chamber = under(world, tmp_path, span=span)

    due = chamber.round.due_at
    assert due is not None
    assert due - opened >= timedelta(hours=72)


RETURN = """
[rules.sent_back]
kind = "single"
words = "The president sends a text back to its drafters."
seats = [{ role = "president", of = "proposer" }]
source = ["UNGA"]
[rules.sent_back.verdicts]
back = { label = "Send back", stance = "against", outcome = "back", meaning = "I send it back.", consequence = "It is returned." }

[rounds.sent_back]
label = "Sending back"
asks = "send the text back"
states = ["open"]
opens = "on initiative"
rule = "sent_back"
if_silent = "Nothing."
outcomes = { back = "returned" }
source = ["UNGA"]

[rules.brought_again]
kind = "single"
words = "The president brings a text again."
seats = [{ role = "president", of = "proposer" }]
source = ["UNGA"]
[rules.brought_again.verdicts]
again = { label = "Bring again", stance = "for", outcome = "again", meaning = "I bring it again.", consequence = "The silence goes on." }

[rounds.brought_again]
label = "Bringing again"
asks = "bring the text again"
states = ["returned"]
opens = "on entry"
rule = "brought_again"
if_silent = "Nothing."
outcomes = { again = "open" }
source = ["UNGA"]
"""
STATES = "[states]\n"
RETURNED = (
    'returned = { label = "Returned", stage = "proposal", meaning = "With its drafters.", '
    'iati = "1", pauses = %s }\n'
)


def returnable(world: World, folder: Path, pauses: str) -> Chamber:
    """A silence whose text the president can send back while it runs."""
    known = (DEFINITIONS / "general-assembly.toml").read_text(encoding="utf-8")
    changed = known.replace(STATES, STATES + RETURNED % pauses, 1) + RETURN
    (folder / "general-assembly.toml").write_text(changed, encoding="utf-8")
    chamber = Chamber(world, "general-assembly", folder=folder, a=3)
    chamber.open()
    return chamber


def test_a_returned_text_stops_its_silence_until_it_is_brought_again(
    world: World, tmp_path: Path
) -> None:
    chamber = returnable(world, tmp_path, "true")
    due = chamber.round.due_at
    assert due is not None
    world.clock.pass_time(hours=50)
    chamber.answer("chair", "back", of_round="sent_back")
    world.clock.pass_time(days=40)
    meanwhile = sweep(world.engine).settled, chamber.state, chamber.round.due_at

    chamber.answer("chair", "again", of_round="brought_again")

    assert meanwhile == (0, "returned", None)
    assert (chamber.state, chamber.round.turn) == ("open", 1)
    assert chamber.round.due_at == due + timedelta(days=40)
    chamber.answer("a1", "object")
    assert chamber.round.outcome == "broken"


def test_without_a_pause_a_return_ends_the_silence(world: World, tmp_path: Path) -> None:
    chamber = returnable(world, tmp_path, "false")

    chamber.answer("chair", "back", of_round="sent_back")

    assert chamber.round.status == "overtaken"
