"""What a participant takes away in a dossier is what the pages show them: no text and no paper beside."""

import csv
import io
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from sqlalchemy import select, text

from tests.support.sizes import evenly, sized
from tests.support.visitors import Enter, Visitor
from tests.support.world import World
from tests.web.outsiders.cases import KnownCase, known_cases
from workflow.audit.models import Event, Opening
from workflow.dossiers.rights import DossierRights, rights
from workflow.engine.models import LifecycleCase
from workflow.errors import NotAuthorised
from workflow.history.recorded import trail

CASES, PEOPLE = 38, sized(3, 40)
DOCUMENTS = "SELECT kind, version, digest FROM document WHERE case_id = :id"
FILES = "SELECT id, digest FROM attachment WHERE case_id = :id"


def inside(world: World, case: KnownCase) -> list[str]:
    """Those of the house's cast who know the case by right of an office, but for auditors."""
    with world.engine.reading() as session:
        asked = text(
            "SELECT DISTINCT p.email FROM person p JOIN appointment a ON a.person_id = p.id "
            "WHERE a.role NOT IN ('auditor', 'administrator') ORDER BY p.email"
        )
        everybody = [email.partition("@")[0] for email in session.scalars(asked)]
    return [who for who in everybody if who not in case.outsiders]


def taken(world: World, case: KnownCase, who: str) -> tuple[DossierRights, dict[int, set[str]]]:
    """The rights of somebody to the dossier of a case, and the private texts that go in, by event."""
    with world.engine.reading() as session:
        of_it = session.get_one(LifecycleCase, case.id)
        found = rights(session, world.engine, of_it, world.person(who), world.engine.now())
        opened = {each.seq for each in trail(session, case.id) if found.private(each)}
        said: dict[int, set[str]] = {}
        rows = select(Event.seq, Opening.value).join(Opening, Opening.event_id == Event.id)
        for seq, value in session.execute(rows.where(Event.case_id == case.id)):
            if seq in opened:
                said.setdefault(seq, set()).add(value)
    return found, said


def shown(visitor: Visitor, case: KnownCase) -> dict[int, str]:
    """What the history tells of each event, as the person takes it away."""
    answer = visitor.get(f"/histories/{case.ref}/history.csv")
    assert answer.status_code == HTTPStatus.OK
    rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    return {int(row[1]): plain(" ".join(row)) for row in rows if row[1].isdigit()}


def plain(said: str) -> str:
    return " ".join(said.split())


def papers(world: World, case: KnownCase) -> Iterator[tuple[str, str]]:
    """The address of each version and file of the case, and its digest."""
    with world.engine.reading() as session:
        for kind, version, digest in session.execute(text(DOCUMENTS), {"id": case.id}):
            yield f"/programmes/{case.ref}/documents/{kind}?version={version}", digest
        for number, digest in session.execute(text(FILES), {"id": case.id}):
            yield f"/programmes/{case.ref}/files/{number}", digest


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("place", range(CASES))
def test_a_dossier_holds_the_words_and_the_papers_that_its_taker_reads_on_the_pages(
    world: World, enter: Enter, place: int
) -> None:
    case = known_cases(world)[place]
    beside, kept, compared = [], [], 0

    for who in evenly(inside(world, case), PEOPLE):
        visitor = enter(who)
        try:
            found, said = taken(world, case, who)
        except NotAuthorised:
            assert visitor.get(f"/histories/{case.ref}/dossier").status_code == HTTPStatus.FORBIDDEN
            continue
        told = shown(visitor, case)
        beside += [
            f"{who} {seq}: {each}"
            for seq, texts in said.items()
            for each in texts
            if each != case.title and plain(each) not in told.get(seq, "")
        ]
        for address, digest in papers(world, case):
            answer, compared = visitor.get(address), compared + 1
            answer.close()
            if found.paper(digest) != (answer.status_code == HTTPStatus.OK):
                kept.append(f"{who} {answer.status_code} {address}")

    assert compared
    assert beside == []
    assert kept == []
