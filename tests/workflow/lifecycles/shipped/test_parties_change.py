"""An amendment by which a country joins or leaves, or another agency takes over: who is asked from then on."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import KIND, OFFICER, REF, begun, below, events, part
from tests.workflow.lifecycles.amendments.amended import (
    AGENCY,
    AUTHORITIES,
    PLAN,
    Amendment,
    figures,
    parent,
)
from tests.workflow.lifecycles.amendments.test_amendment import JOINING, SUBSTANTIVE
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from workflow.audit.events.rounds import RoundReseated
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.engine.permissions.visibility import known_to
from workflow.errors import Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.notices.models import Notice
from workflow.people.models import Party

OTHER_AGENCY, JOINED = "amina.diallo", "maria.evora"
EACH = {**KIND, "for_each": "beneficiary"}
LEAVING = {**JOINING, "participating_countries": ["MOZ"], "agreements": []}
REPLACED = {**SUBSTANTIVE, "changes": ["agency"], "total_cost": "385000", "executing_agency": "fao"}


def agreeing() -> dict[str, Any]:
    """The lifecycle of the programme, in which every country and the agency are asked, and each has a part."""
    raw = parent(part=EACH)
    for role in ("national_authority", "executing_agency"):
        raw["roles"][role] = {"label": role, "what": "Agrees.", "source": ["DESIGN"]}
    raw["rules"]["each_agrees"] = {
        "kind": "all_of", "words": "Everybody agrees.", "source": ["DESIGN"],
        "seats": [
            {"role": "national_authority", "of": "beneficiary"},
            {"role": "executing_agency", "of": "executing_agency"},
        ],
        "verdicts": {
            "agree": {"label": "agree", "stance": "for", "meaning": "I do.", "consequence": "Done."}
        },
    }  # fmt: skip
    raw["rounds"]["agreeing"] = {
        "label": "Agreeing", "asks": "agree", "states": ["b"], "opens": "on entry",
        "rule": "each_agrees", "if_silent": "Nothing.", "source": ["DESIGN"],
        "outcomes": {"complete": "z"},
    }  # fmt: skip
    return raw


@pytest.fixture
def house(world: World) -> World:
    """A house in which the programme runs; each country has its part, and everybody is asked to agree."""
    publish(world.engine, load_file(SHIPPED / "amendment.toml"))
    of_part = part()
    of_part["states"]["y"]["overtaken_by_parent"] = True
    begun(world, of_part, agreeing())
    world.file(REF, "paper", OFFICER, PLAN)
    world.answer(REF, "start", OFFICER, "go")
    return world


def heard(world: World, request: dict[str, Any], number: int = 3) -> Amendment:
    """An amendment that came into effect and is heard."""
    found = Amendment(world, number)
    found.agreed(request)
    found.in_effect()
    found.wait(hours=1)
    return found


def seats(world: World, round_key: str, ref: str = REF) -> dict[str, str]:
    """The seats of a round and how they stand, by party."""
    asked = (
        select(Party.key, Seat.status)
        .join(Seat, Seat.party_id == Party.id)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.key == round_key)
    )
    with world.engine.reading() as session:
        return dict(session.execute(asked).all())


def taking(world: World, capacity: str, ref: str = REF) -> set[str]:
    """The parties that take this part in a case."""
    asked = (
        select(Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
        .where(LifecycleCase.ref == ref, CaseParty.capacity == capacity)
    )
    with world.engine.reading() as session:
        return set(session.scalars(asked))


def told(world: World, who: str) -> int:
    """How many notices somebody has of the programme."""
    asked = select(Notice.id).join(LifecycleCase, LifecycleCase.id == Notice.case_id)
    with world.engine.reading() as session:
        return len(
            session.scalars(
                asked.where(LifecycleCase.ref == REF, Notice.person_id == world.person(who))
            ).all()
        )


def test_a_country_that_joins_is_asked_has_its_part_and_is_told(house: World) -> None:
    before = told(house, JOINED)
    heard(house, JOINING)

    assert taking(house, "beneficiary") == {"moz", "ago", "cpv"}
    assert seats(house, "agreeing") == dict.fromkeys(("moz", "ago", "cpv", "undp"), "open")
    assert len(below(house)) == 4
    assert told(house, JOINED) == before + 1
    assert verify(house.engine.database).sound
    house.answer(REF, "agreeing", JOINED, "agree")


def test_a_country_that_leaves_is_asked_no_longer_and_its_part_ends(house: World) -> None:
    parts = {house.state(each): each for each in below(house)}
    heard(house, LEAVING)

    assert list(parts) == ["a"]
    assert taking(house, "beneficiary") == {"moz"}
    assert seats(house, "agreeing") == {"moz": "open", "ago": "overtaken", "undp": "open"}
    assert sorted(house.state(each) for each in below(house)) == ["a", "in_effect", "y"]
    with pytest.raises(Refusal):
        house.answer(REF, "agreeing", AUTHORITIES[1], "agree")
    assert verify(house.engine.database).sound


def test_a_round_that_waited_for_the_country_that_left_alone_settles(house: World) -> None:
    house.answer(REF, "agreeing", AUTHORITIES[0], "agree")
    house.answer(REF, "agreeing", AGENCY, "agree")
    heard(house, LEAVING)

    assert house.state(REF) == "z"
    assert verify(house.engine.database).sound


def test_what_a_country_answered_before_it_left_stays(house: World) -> None:
    house.answer(REF, "agreeing", AUTHORITIES[1], "agree")
    heard(house, LEAVING)

    assert seats(house, "agreeing")["ago"] == "answered"


def test_a_country_comes_back_to_the_round_that_it_left(house: World) -> None:
    heard(house, LEAVING)
    back = {**JOINING, "participating_countries": ["MOZ", "AGO"]}
    back["agreements"] = [{**JOINING["agreements"][0], "country": "AGO"}]
    again = Amendment(house, 4)
    again.confirmed(back)
    again.answer(AUTHORITIES[0], "endorsing", "endorse")
    again.board("deciding", "approve")
    for who in (AUTHORITIES[0], AGENCY, "elena.petrova"):
        again.answer(who, "signing", "sign")
    again.in_effect()
    again.wait(hours=1)

    assert seats(house, "agreeing") == {"moz": "open", "ago": "open", "undp": "open"}
    assert len(below(house)) == 5
    assert verify(house.engine.database).sound


def test_another_agency_speaks_is_asked_anew_and_what_the_old_one_answered_stays(
    house: World,
) -> None:
    other = Amendment(house, 3)
    replacing = heard(house, REPLACED, 4)

    assert figures(house)[2] == "Food and Agriculture Organization"
    assert seats(house, "agreeing")["undp"] == "overtaken"
    assert seats(house, "agreeing")["fao"] == "open"
    assert taking(house, "proposer", other.ref) == {"fao"}
    assert seats(house, "sending", other.ref) == {"undp": "overtaken", "fao": "open"}
    assert taking(house, "proposer", replacing.ref) == {"undp"}
    assert seats(house, "signing", replacing.ref)["undp"] == "answered"
    assert verify(house.engine.database).sound


def test_who_joins_sees_the_programme_from_then_on(house: World) -> None:
    def sees(who: str) -> bool:
        asked = select(LifecycleCase.id).where(
            LifecycleCase.ref == REF, known_to(house.person(who), house.clock().date())
        )
        with house.engine.reading() as session:
            return session.scalar(asked) is not None

    heard(house, JOINING)

    assert sees(JOINED)


def test_the_trail_says_who_is_asked_no_longer_and_who_is_now(house: World) -> None:
    heard(house, REPLACED)

    (said,) = (each.what for each in events(house, REF) if isinstance(each.what, RoundReseated))
    assert [seat.party for seat in said.gone] == ["undp"]
    assert [seat.party for seat in said.came] == ["fao"]
