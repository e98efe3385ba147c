"""What an office may not be set up to be: each is refused at its field, and what was typed is kept."""

import re
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.visitors import Enter, entrance, words
from tests.support.world import HOUSE, World
from workflow.people.models import Party

DAYS = {"starts_on": "2026-03-02", "ends_on": "2026-12-31"}
FUND = {
    "key": "LAB", "title": "Fund for laboratories", "kind": "fund", "starts_on": "2026-01-01",
    "ends_on": "2029-12-31", "envelope": "3500000", "currency": "USD", "body": "board",
}  # fmt: skip
TERMS = {name: said for name, said in FUND.items() if name != "key"}
PIVOTAL = {"country": "egy", "since": "2026-01-01", "evidence": "A decision of the Board."}
SEAT = {"seat-party": "egy", "seat-place": "member", "seat-starts_on": "2026-01-01"}
CHARTER = {"charter-name": "The board", "charter-quorum": "2"}
HEADLESS = "/office/bodies/ibsa"
FORMS = {
    "a seat": (f"{HEADLESS}/seats", HEADLESS),
    "a body": (HEADLESS, HEADLESS),
    "a fund": ("/office/frameworks", "/office/frameworks"),
    "its terms": ("/office/frameworks/LAB", "/office/frameworks/LAB"),
    "pivotal": ("/office/pivotal", "/office/pivotal"),
}


def wish(role: str, party: str, **days: str) -> Mapping[str, str]:
    return {"role": role, "party": party, **DAYS, "letter": "OC/2026/17", **days}


BAD = {
    "an appointment that ends before it begins": (
        "joao.lima", wish("donor", "nor", ends_on="2026-01-01"), "ends_on", "cannot end before",
    ),
    "an appointment that overlaps its like": (
        "joao.lima", wish("submitter", "moz"), "starts_on", "holds this office already",
    ),
    "an office of a country for an agency": (
        "joao.lima", wish("national_authority", "undp"), "party", "asked of a country",
    ),
    "an office of an agency for a country": (
        "joao.lima", wish("executing_agency", "moz"), "party", "asked of an agency",
    ),
    "an office of an agency for a party that may execute nothing": (
        "joao.lima", wish("programme_manager", "board-of-auditors"), "party", "may not execute programmes",
    ),
    "an officer who becomes their own board": (
        "jane.okello", wish("board_member", "zaf"), "role", "a board that decides on its work",
    ),
    "a donor who decides on its money by an appointment": (
        "joao.lima", wish("board_member", "nor", body="board"), "party", "A donor takes no seat",
    ),
    "a donor who decides on its money by a seat": (
        "a seat", {**SEAT, "seat-party": "deu"}, "seat-party", "is a donor",
    ),
    "a seat that ends before it begins": (
        "a seat", {**SEAT, "seat-ends_on": "2025-01-01"}, "seat-ends_on", "cannot end before",
    ),
    "a pivotal status of a country that is no developing country": (
        "pivotal", {**PIVOTAL, "country": "deu"}, "country", "not a country of the South",
    ),
    "a body without a chair that decides by default": (
        "a body", {**CHARTER, "charter-by_default": "y"}, "charter-by_default", "no chair",
    ),
    "a fund whose body has no chair": ("a fund", {**FUND, "key": "NEW", "body": "ibsa"}, "body", "chair"),
    "an envelope in two currencies": (
        "a fund", {**FUND, "key": "NEW", "currency": "USD EUR"}, "currency", "currency",
    ),
    "an envelope in another currency than before": (
        "its terms", {**TERMS, "currency": "EUR"}, "currency", "The envelope is in USD",
    ),
    "an envelope in no currency": (
        "a fund", {**FUND, "key": "NEW", "currency": ""}, "currency", "currency",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path_factory.mktemp("bad_input"), HOUSE) as url:
        world = World(url)
        yield world
        world.close()


@pytest.fixture(scope="module")
def enter(world: World, tmp_path_factory: pytest.TempPathFactory) -> Enter:
    enter = entrance(world, tmp_path_factory.mktemp("home"))
    naledi = enter("naledi.khumalo")
    body = {"key": "ibsa", "name": "Board of the fund", "kind": "board", "quorum": "2"}
    assert naledi.post("/office/bodies", body).status_code == 303
    assert naledi.post("/office/frameworks", FUND).status_code == 303
    return enter


@pytest.mark.parametrize("bad", BAD)
def test_what_may_not_be_is_refused_at_its_field_and_the_text_is_kept(
    world: World, enter: Enter, bad: str
) -> None:
    where, sent, field, sentence = BAD[bad]
    address, page = FORMS.get(where) or (_appointing(world, where), _appointing(world, where))

    answer = enter("naledi.khumalo").post(address, _sent(world, sent), page=page)

    said = words(answer)
    error = re.search(rf'id="{field}-error">(.*?)</p>', said, re.DOTALL)
    assert answer.status_code == 422
    assert error is not None
    assert sentence in re.sub(r"<[^>]+>", "", error[1])
    assert [name for name, typed in sent.items() if not _kept(said, name, typed)] == []


def _appointing(world: World, who: str) -> str:
    return f"/office/people/{world.person(who)}/appointments/new"


def _sent(world: World, sent: Mapping[str, str]) -> Mapping[str, str]:
    """What is sent, a party of an appointment by its number."""
    if "role" not in sent:
        return sent
    with world.engine.reading() as session:
        number = session.scalars(select(Party.id).where(Party.key == sent["party"])).one()
    return {**sent, "party": str(number)}


def _kept(page: str, name: str, typed: str) -> bool:
    """Whether a field still holds what was typed; what was never offered cannot stay chosen."""
    control = re.search(
        rf'<(input|select|textarea)[^>]*name="{name}".*?(?=<label|</form)', page, re.DOTALL
    )
    assert control is not None, name
    if control[1] == "select":
        return "<option selected" in control[0] or f'value="{typed}"' not in control[0]
    return typed in control[0] or "checked" in control[0] or typed == ""
