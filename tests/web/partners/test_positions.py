"""A donor reads no position of a country before the programme is decided, wherever positions are shown."""

import html
from dataclasses import replace

import pytest

from tests.support.visitors import Enter
from tests.support.world import NURSES, World
from tests.web.outsiders.addresses import addresses, lists
from tests.web.outsiders.cases import known_cases
from workflow.demo import path
from workflow.demo.stories import read_stories, story
from workflow.people.commands import add_person, appoint
from workflow.people.parties import known_party

DONOR, AUTHORITY = "ingrid.solberg", "graca.mabunda"
SAID = "Use the open licences of our courses."
WITH_DONOR = replace(
    NURSES, texts={**NURSES.texts, "proposal": {**NURSES.texts["proposal"], "donors": ["nor"]}}
)


@pytest.fixture
def consulted(world: World) -> str:
    """A programme with a donor, on which countries have stated their positions."""
    ref = path.begin(world, WITH_DONOR)
    path.carry(world, ref, WITH_DONOR, "lead_group")
    return ref


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/{ref}", "/programmes/{ref}/rounds/consultation/1", "/histories/{ref}",
        "/histories/{ref}/history.csv",
    ],
)  # fmt: skip
def test_positions_are_kept_from_a_donor_and_shown_to_others_who_take_part(
    consulted: str, enter: Enter, address: str
) -> None:
    at = address.format(ref=consulted)
    donor, authority = enter(DONOR).get(at), enter(AUTHORITY).get(at)

    assert SAID not in donor.text
    assert SAID in authority.text


def test_somebody_who_speaks_for_a_country_as_well_reads_them(
    world: World, consulted: str, enter: Enter
) -> None:
    assert SAID in enter("paulo.sa").get(f"/programmes/{consulted}").text


@pytest.mark.parametrize("role", ["submitter", "pivotal_focal", "national_authority"])
def test_they_are_kept_from_every_other_office_of_the_donor_as_well(
    world: World, consulted: str, enter: Enter, role: str
) -> None:
    now = world.clock()
    with world.engine.transaction() as session:
        kari = add_person(
            session, "kari.nordmann@demo.example", "Kari Nordmann", "", now=now, password_hash="-"
        )
        norway = known_party(session, "nor")
        appoint(session, kari, role, norway, now.date(), by=None, now=now)

    visitor = enter("kari.nordmann")

    for at in ("", "/rounds/consultation/1"):
        assert SAID not in visitor.get(f"/programmes/{consulted}{at}").text
    assert SAID not in visitor.get(f"/histories/{consulted}/history.csv").text


def test_comments_of_countries_their_answers_and_the_report_on_them_are_kept_from_a_donor(
    world: World, enter: Enter
) -> None:
    told = next(each for each in read_stories() if "stands" in each)
    plain = story(told, world.clock().date())
    given = replace(
        plain, texts={**plain.texts, "proposal": {**plain.texts["proposal"], "donors": ["nor"]}}
    )
    said = {given.stands[2], *(words for each in given.comments.values() for _, words in each)}
    ref = path.begin(world, given)
    path.carry(world, ref, given, "formulation")
    (case,) = (each for each in known_cases(world) if each.ref == ref)
    every = [*(address for _, address in addresses(case)), *lists(case)]

    def met(who: str) -> set[tuple[str, str]]:
        visitor = enter(who)
        found = {at: html.unescape(visitor.get(at).data.decode("utf-8", "replace")) for at in every}
        return {(at, words) for at, body in found.items() for words in said if words in body}

    assert met(DONOR) == set()
    assert {words for _, words in met(given.submitter)} == said
