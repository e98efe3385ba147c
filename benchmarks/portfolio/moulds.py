"""Programmes that were really played, one for each state and story; what a portfolio is copied from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

from benchmarks.alone import alone
from workflow.demo import load, path, stories
from workflow.demo.play import Play
from workflow.programmes.imports.rows import ProgrammeRow
from workflow.programmes.imports.run import import_programmes, read_content

LONG_AGO = timedelta(days=1900)
IMPORTED = "imported"
# How many in a hundred stand in each state, and how many were imported with all that went before.
SHARES: Mapping[str, int] = {
    IMPORTED: 40, "draft": 10, "screening": 12, "returned": 2, "consultation": 12, "lead_group": 4,
    "formulation": 3, "appraisal": 2, "decision": 5, "signature": 2, "inception": 1, "active": 2,
    "suspended": 1, "operational_closure": 3, "closed": 1,
}  # fmt: skip


def mostly_imported(percent: int) -> dict[str, float]:
    """The shares of states where so many in a hundred were imported, the others as they are found."""
    others = 100 - SHARES[IMPORTED]
    found = {state: share * (100 - percent) / others for state, share in SHARES.items()}
    return {**found, IMPORTED: float(percent)}


# Stories whose texts go all the way to the end, of different countries.
WHOLE = (0, 2, 5, 6)
ENDING = frozenset({"returned", "suspended"})
TOLD = stories.read_stories()


@dataclass(frozen=True, slots=True)
class Played:
    """A programme as it was played: where it stands, and which countries take part, proposer first."""

    ref: str
    state: str
    countries: tuple[str, ...] = ()


def play_all(play: Play, definition_id: int, wholes: int) -> Iterator[Played]:
    """Play a programme into each state by the real commands, by as many stories as is said."""
    began = play.clock.at
    for state in SHARES:
        if state == IMPORTED:
            yield from _import(play, definition_id)
        else:
            for told in _stories(state, wholes):
                play.clock.at = began
                yield _played(play, told, state)


def _stories(state: str, wholes: int) -> Iterator[Mapping[str, Any]]:
    if state not in ENDING:
        yield from (TOLD[number] for number in WHOLE[:wholes])
    yield from (told for told in TOLD if told["until"] == state)


def _played(play: Play, told: Mapping[str, Any], state: str) -> Played:
    # It begins now, and not as long ago as the demo has it: no year of it is over as it begins.
    begins = play.clock.at.date() + timedelta(days=told["began"])
    story = alone(stories.story(told, begins))
    ref = path.begin(play, story)
    via = {"returned": "screening", "suspended": "active"}.get(state, state)
    path.carry(play, ref, story, via)
    if told["until"] == state and state in load.ENDINGS:
        load.ENDINGS[state](play, ref, told, story)
    named = [country.lower() for country in told["countries"]]
    first = [country for country in named if country == story.party]
    return Played(ref, play.state(ref), (*first, *(each for each in named if each not in first)))


def _import(play: Play, definition_id: int) -> Iterator[Played]:
    """Bring the portfolio of real programmes in, and two newer records of each."""
    content = files("config").joinpath("reference", "programmes.csv").read_bytes()
    rows = read_content("programmes.csv", content)
    for note in ("", "as first reported", "as audited"):
        _bring(play, definition_id, [_noted(row, note) for row in rows])
        play.clock.pass_working_time(30)
    for row in rows:
        yield Played(row.ref, IMPORTED)


def _noted(row: ProgrammeRow, note: str) -> ProgrammeRow:
    if not note:
        return row
    return replace(row, cells={**row.cells, "budget_note": note})


def _bring(play: Play, definition_id: int, rows: list[ProgrammeRow]) -> None:
    definition = play.engine.definition(definition_id)
    with play.engine.transaction() as session:
        import_programmes(
            session,
            rows,
            now=play.engine.now(),
            opener=None,
            definition_id=definition_id,
            states={key: state.stage.value for key, state in definition.states.items()},
        )
