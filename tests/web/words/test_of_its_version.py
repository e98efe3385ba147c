"""Pages and histories of a case speak in the words of its version, whatever is published meanwhile."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import fresh_sqlite
from tests.support.sizes import some_of_each
from tests.support.visitors import Enter, Visitor, entrance
from tests.support.world import LIFE, World, in_states
from tests.web.outsiders.addresses import addresses
from tests.web.outsiders.cases import KnownCase, known_cases
from tests.workflow.engine.lifecycles import RAW, STANDARD
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.publication.register import done, publishing
from workflow.engine.migration.migrate import migrate_all
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables

# Whoever audits reads everything; an officer, a country and a member of the Board act.
READERS = ("marie.laurent", "jane.okello", "joao.lima", "carla.duarte")
# The programmes of a whole life, two in each house.
HOUSES = tuple(LIFE[at : at + 2] for at in range(0, len(LIFE), 2))
EMERGENCY = tomllib.loads((STANDARD.parent / "emergency.toml").read_text(encoding="utf-8"))
WORDS = frozenset({"label", "meaning", "words", "what", "title", "content", "hint", "statement"})
NEW = " of the newer kind"
# Of each rule so many addresses are opened in a short run.
FEW = 2
# What differs from one opening to the next: the tokens of a form, and the key under which it is sent.
TOKEN = re.compile(r'(name="(?:csrf_token|(?:[\w-]*-)?key)"[^>]* value=|nonce=)"[^"]*"')
# What is wrong with an installation stands above every page, and is of no case.
BANNER = re.compile(r'<section class="unwell".*?</section>', re.DOTALL)
# It tells of several cases; where none of those asked for is the reader's, it tells of none.
FOLDER = "/queue/folder"
LINE = re.compile(r'<li id="event-(\d+)".*?</li>', re.DOTALL)


def reworded(value: Any) -> Any:
    """The tables of a lifecycle with another word for everything that has one."""
    if isinstance(value, Mapping):
        return {
            key: f"{each}{NEW}" if key in WORDS and isinstance(each, str) else reworded(each)
            for key, each in value.items()
        }
    return [reworded(each) for each in value] if isinstance(value, list) else value


def second() -> Definition:
    """The standard in other words throughout."""
    return from_tables(reworded(RAW) | {"version": "6"}, "second.toml")


@contextmanager
def house(folder: Path, states: tuple[str, ...]) -> Iterator[tuple[World, Enter]]:
    """A house with a programme in each of these states, alike byte for byte whenever it is opened."""
    folder.mkdir()
    with (
        fresh_sqlite(folder, in_states(*states)) as url,
        closing(World(url)) as world,
    ):
        world.resumed()
        yield world, entrance(world, folder)


def told(visitor: Visitor, case: KnownCase) -> dict[str, str]:
    """What somebody reads at the addresses of a case, without what differs each time."""
    found: dict[str, str] = {}
    for _, address in some_of_each(addresses(case), itemgetter(0), FEW):
        answer = visitor.get(address)
        text = answer.data.decode(errors="surrogateescape")
        if answer.status_code == 200 and (FOLDER not in address or case.ref in text):
            found[address] = BANNER.sub("", TOKEN.sub(r"\1", text))
    return found


def read(world: World, visitor: Visitor) -> dict[str, str]:
    """What somebody reads of all cases of a house."""
    return {
        address: text
        for case in known_cases(world)
        for address, text in told(visitor, case).items()
    }


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The addresses at which something else is read, each with the first line that differs."""
    found = [f"{address}: opened by one alone" for address in before.keys() ^ after.keys()]
    for address in before.keys() & after.keys():
        if before[address] == after[address]:
            continue
        lines = zip(before[address].splitlines(), after[address].splitlines(), strict=False)
        old, new = next((pair for pair in lines if pair[0] != pair[1]), ("", "further lines"))
        found.append(f"{address}: {old.strip()[:300]} || {new.strip()[:300]}")
    return found


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("states", HOUSES, ids=itemgetter(0))
def test_no_page_of_a_case_differs_where_newer_versions_are_published(
    states: tuple[str, ...], who: str, tmp_path: Path
) -> None:
    with house(tmp_path / "left", states) as (world, enter):
        left = read(world, enter(who))

    with house(tmp_path / "published", states) as (world, enter):
        done(world, publishing(second()))
        done(world, publishing(from_tables(reworded(EMERGENCY), "emergency.toml")))
        published = read(world, enter(who))
        offered = enter(who).page("/lifecycles")

    assert offered.count(NEW) > 1
    assert any(address.startswith("/histories") for address in left)
    assert differing(left, published) == []


@pytest.mark.parametrize("state", ["consultation", "active"])
def test_a_history_tells_what_was_before_a_move_in_the_words_of_then(
    world: World, enter: Enter, state: str
) -> None:
    ref, marie = world.programme(state), enter("marie.laurent")
    lines = dict(_lines(marie, ref))
    rows = marie.get(f"/histories/{ref}/history.csv").text.splitlines()

    migrate_all(world.engine, seen(world, ref), moving(world, second()))

    again = dict(_lines(marie, ref))
    assert NEW in marie.page(f"/programmes/{ref}")
    assert NEW not in "".join(lines.values())
    assert {number: again[number] for number in lines} == lines
    assert marie.get(f"/histories/{ref}/history.csv").text.splitlines()[: len(rows)] == rows


def _lines(visitor: Visitor, ref: str) -> Iterator[tuple[str, str]]:
    """Each event of a history as its page tells it, by its number, page after page."""
    before = ""
    while True:
        found = [
            (each[1], each[0]) for each in LINE.finditer(visitor.page(f"/histories/{ref}{before}"))
        ]
        yield from found
        if not found or found[-1][0] == "1":
            return
        before = f"?before={found[-1][0]}"
