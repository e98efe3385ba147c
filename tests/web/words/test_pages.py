"""No key, code or slug is read on any page, in any letter or table; nobody is chosen for standing first."""

import csv
import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, files
from tests.support.sizes import LASTING, SIZE
from tests.support.visitors import Enter, entrance
from tests.support.world import World
from tests.web.words.keys import Keys, keys_of
from tests.web.words.readings import ISO_DAY, pieces, preselected
from tests.web.words.walk import walk
from workflow.clock import utc_now
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.render import Wording, told
from workflow.dossiers.rights import rights
from workflow.engine.models import LifecycleCase
from workflow.exports.export import ExportRequest, export
from workflow.notices import wording
from workflow.notices.queries import listed
from workflow.people.models import Party, Person
from workflow.vocabulary import SYSTEM

# Everybody of the demonstration whose pages differ; a short run takes some of them.
PEOPLE = (
    "jane.okello", "joao.lima", "priya.menon", "elena.petrova", "marie.laurent", "naledi.khumalo",
    "kenji.watanabe", "arjun.mehta", "beatriz.costa", "tom.becker", "nadia.haddad", "ravi.chand",
    "ingrid.solberg", "oluwaseun.ade", "graca.mabunda", "fatou.ndiaye",
)  # fmt: skip
# How many pages each of them opens, and how many of one kind of address.
MOST, ALIKE = (600, 6) if LASTING else (150, 2) if SIZE else (40, 1)
# How a day is to be written is shown as it is written.
EXAMPLE = re.compile(r"such as|like")
# What a source says word for word stands in quotes and is nobody's to write otherwise.
CITED = re.compile(r"“[^”]*”")
# Columns of tables that are kept for programs to tell one row from another by.
OF_PROGRAMS = frozenset(
    {"hash", "content", "draw", "seed", "fingerprint", "texts", "activity", "digest", "event"}
)
# What stands in a table of an export has words beside it, but for time, which is in no office.
SAID = (
    "lifecycle",
    "type",
    "role",
    "party",
    "round",
    "verdict",
    "outcome",
    "state_after",
    "document",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path_factory.mktemp("words"), DEMONSTRATION) as url:
        world = World(url, utc_now())
        yield world
        world.engine.database.dispose()


@pytest.fixture(scope="module")
def enter(world: World, tmp_path_factory: pytest.TempPathFactory) -> Enter:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(files().root, home / "files")
    return entrance(world, home)


@pytest.fixture(scope="module")
def keys(world: World) -> Keys:
    _, definition = world.engine.published("programme-standard")
    with world.engine.reading() as session:
        return keys_of(definition, session.scalars(select(Party.key)))


@pytest.mark.proof(sample=2)
@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_reads_a_key_or_a_bare_day_and_no_list_chooses_for_anybody(
    enter: Enter, keys: Keys, who: str
) -> None:
    read, found = 0, []

    for address, page in walk(enter(who), MOST, ALIKE):
        read += 1
        found += [f"{address}: {each}" for each in dict.fromkeys(_wrong(page, keys))]

    assert read > 15
    assert not found, "\n".join(found)


def _wrong(page: Any, keys: Keys) -> Iterator[str]:
    if isinstance(page, str):
        yield from _in_table(page, keys)
        return
    for piece in pieces(page):
        yield from (f"{key!r} in {piece:.120}" for key in keys.read_in(piece))
        if not EXAMPLE.search(piece):
            said = CITED.sub("", piece)
            yield from (f"the day {day} in {piece:.120}" for day in ISO_DAY.findall(said))
    yield from (f"{name!r} begins with one that nobody chose" for name in preselected(page))


def _in_table(table: str, keys: Keys) -> Iterator[str]:
    yield from _in_rows(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))), keys)


def _in_rows(rows: Iterable[Mapping[str, str]], keys: Keys) -> Iterator[str]:
    for row in rows:
        for column, cell in row.items():
            if column not in OF_PROGRAMS and f"{column}_in_words" not in row:
                yield from (f"{key!r} as {column}" for key in keys.read_in(cell or ""))


def test_no_letter_says_a_key(world: World, keys: Keys) -> None:
    with world.engine.reading() as session:
        people = session.scalars(select(Person.id)).all()
        lines = [line for each in people for line in listed(session, each, true(), limit=1000)]

    found = {
        (key, sentence)
        for line in lines
        for sentence in (wording.subject(line, str), wording.sentence(line, str))
        for part in (sentence, *(each.rstrip(".") for each in sentence.split("Outcome: ")[1:]))
        for key in keys.read_in(part)
    }

    assert len(lines) > 100
    assert found == set()


def test_no_table_of_an_export_says_a_key_but_beside_its_words(
    world: World, keys: Keys, tmp_path: Path
) -> None:
    with world.engine.reading() as session:
        ids = [case.id for case in _told_most(session)]
    export(world.engine, ids, ExportRequest("csv"), tmp_path / "one.csv")
    export(world.engine, ids, ExportRequest("xlsx"), tmp_path / "one.xlsx")

    table = (tmp_path / "one.csv").read_text(encoding="utf-8")
    head, *rows = load_workbook(tmp_path / "one.xlsx").active.values
    rows_of_csv = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    sheet = [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]

    assert len(rows) == len(rows_of_csv) > 100
    found = [*_in_table(table, keys), *_in_rows(sheet, keys)]
    assert not found, "\n".join(dict.fromkeys(found))
    for row in rows_of_csv:
        unsaid = [
            key for key in SAID if row[key] not in {"", SYSTEM} and not row[f"{key}_in_words"]
        ]
        assert unsaid == [], {k: v for k, v in row.items() if v}


def test_no_table_in_a_dossier_says_a_key(world: World, keys: Keys) -> None:
    found, read = [], 0
    with world.engine.reading() as session:
        for case in _told_most(session):
            request = DossierRequest(case.ref, None)
            may = rights(session, world.engine, case, None, world.engine.now())
            table = told(session, world.engine, case, request, Wording(), may).table()
            read += table.count("\n")
            found += _in_table(table, keys)

    assert read > 100
    assert not found, "\n".join(dict.fromkeys(found))


def _told_most(session: Session) -> Sequence[LifecycleCase]:
    """The cases on which most happened."""
    on = LifecycleCase.definition_id.is_not(None)
    most = select(LifecycleCase).where(on).order_by(LifecycleCase.head_seq.desc())
    return session.scalars(most.limit(3)).all()


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("Source: SEED, POPP", {"SEED", "POPP"}),
        ("registered interest: hiv-aids", {"hiv-aids"}),
        ("No. 12 on the history · signoff.given", {"signoff.given"}),
        ("Outcome: passed", {"passed"}),
        ("Special Unit (unit_head) says “Certify”", {"unit_head"}),
        ("passed", {"passed"}),
        ("The consultation passed.", set()),
        ("2004 Executive Board report on implementation of South-South cooperation", set()),
        ("jane.okello@demo.example", set()),
    ],
)  # fmt: skip
def test_the_search_finds_each_kind_of_key_and_no_word(
    keys: Keys, piece: str, found: set[str]
) -> None:
    assert set(keys.read_in(piece)) == found


def test_the_search_finds_a_list_that_begins_with_somebody() -> None:
    def of(options: str) -> Any:
        sent = f'<form method="post"><select name="to">{options}</select></form>'
        return html.document_fromstring(f"<body>{sent}</body>")

    two = '<option value="1">Ana</option><option value="2">Bo</option>'

    assert list(preselected(of(two))) == ["to"]
    assert list(preselected(of(f'<option value="">Choose…</option>{two}'))) == []
    assert list(preselected(of(two.replace('"2"', '"2" selected')))) == []
    assert list(preselected(of('<option value="1">Ana</option>'))) == []
