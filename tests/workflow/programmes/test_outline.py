"""Which lifecycle a programme would follow, by what is said of it beforehand."""

import tomllib
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.lifecycles import STANDARD, edited, put
from workflow.engine.commands.open_case import publish
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.errors import NotAuthorised, NotFound
from workflow.lifecycles.applies import Known
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.people.commands import appoint
from workflow.programmes.commands import propose
from workflow.programmes.outline import chosen, offers, questions

GENERAL = load_file(STANDARD)
NAMES = {"ibsa": "IBSA Fund", "F7": "Seventh framework"}


def lifecycle(key: str, *when: dict[str, object], subject: str = "programme") -> Definition:
    """The standard lifecycle under another name, for what meets these conditions."""
    applies = {"words": f"For {key}.", "source": ["SEED"], "when": list(when)}
    raw = edited(put("key", key), put("title", f"About {key}"), put("applies", applies))
    if not when:
        del raw["applies"]
    for rule in raw["rules"].values():
        if "subjects" in rule:
            rule["subjects"] = [subject]
    return from_tables({**raw, "subject": subject}, f"{key}.toml")


SMALL = lifecycle("small", {"of": "cost", "at_most": 500000}, {"of": "countries", "at_least": 3})
FUND = lifecycle("fund", {"of": "framework", "among": ["ibsa", "F7"]})
URGENT = lifecycle("urgent", {"of": "emergency", "among": ["yes"]}, {"of": "cost", "at_most": 9})
CALM = lifecycle("calm", {"of": "emergency", "among": ["no"]})
JOINT = lifecycle("joint", {"of": "modality", "among": ["multi_country_joint", "triangular"]})
# The same, where the proposer's role is called otherwise.
REQUESTED = from_tables(
    tomllib.loads(
        STANDARD.read_text("utf-8")
        .replace("submitter", "requester").replace("programme-standard", "requested")
    ),
    "requested.toml",
)  # fmt: skip
EVERY = (GENERAL, SMALL, FUND, URGENT, CALM, JOINT)


def followed_by(world: World, ref: str) -> str | None:
    """The key of the lifecycle that a case follows."""
    with world.engine.reading() as session:
        return session.scalar(
            select(DefinitionVersion.key)
            .join(LifecycleCase, LifecycleCase.definition_id == DefinitionVersion.id)
            .where(LifecycleCase.ref == ref)
        )


def best(known: Known) -> str:
    return offers(EVERY, known, NAMES)[0].key


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, "programme-standard"),
        ({"cost": Decimal(500000), "countries": Decimal(3)}, "small"),
        ({"cost": Decimal(500001), "countries": Decimal(3)}, "programme-standard"),
        ({"cost": Decimal(500000), "countries": Decimal(2)}, "programme-standard"),
        ({"framework": "F7"}, "fund"),
        ({"framework": "F1"}, "programme-standard"),
        ({"emergency": "yes", "cost": Decimal(9)}, "urgent"),
        ({"emergency": "no", "modality": "standard"}, "calm"),
        ({"modality": "triangular"}, "joint"),
        ({"framework": "ibsa", "emergency": "yes", "cost": Decimal(1)}, "urgent"),
    ],
)
def test_what_asks_for_most_and_is_met_comes_first(known: Known, key: str) -> None:
    assert best(known) == key


def test_each_lifecycle_is_offered_with_its_reasons_the_unfit_last() -> None:
    found = offers(EVERY, {"cost": Decimal(7), "countries": Decimal(2)}, NAMES)

    by_key = {each.key: each for each in found}
    order = [each.standing for each in found]
    assert order == sorted(order, key=["met", "open", "unmet"].index)
    assert {each.key for each in found} == {each.key for each in EVERY}
    assert [(str(r.said), r.standing) for r in by_key["small"].reasons] == [
        ("it costs at most USD 500,000", "met"),
        ("at least 3 countries take part", "unmet"),
    ]
    assert [(str(r.said), r.standing) for r in by_key["fund"].reasons] == [
        ("it is proposed under IBSA Fund or Seventh framework", "open")
    ]
    assert next(str(r.said) for r in by_key["urgent"].reasons) == "it answers an emergency"
    assert [str(r.said) for r in by_key["calm"].reasons] == ["it answers no emergency"]
    assert [str(r.said) for r in by_key["joint"].reasons] == ["its modality is Joint or Triangular"]
    assert by_key["programme-standard"].reasons == ()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"of": "countries", "at_most": 1}, "at most 1 country takes part"),
        ({"of": "countries", "at_least": 2, "at_most": 4}, "from 2 to 4 countries take part"),
        ({"of": "cost", "at_least": 1000}, "it costs at least USD 1,000"),
        ({"of": "cost", "at_least": 1000, "at_most": 2000}, "it costs from USD 1,000 to USD 2,000"),
        ({"of": "cost", "at_most": 5, "words": "it is very small"}, "it is very small"),
    ],
)
def test_a_condition_is_said_in_words(when: dict[str, object], said: str) -> None:
    (found,) = offers((lifecycle("one", when),), {}, NAMES)

    assert [str(each.said) for each in found.reasons] == [said]


def test_only_what_a_lifecycle_depends_on_is_asked_and_never_more_than_three_things() -> None:
    assert questions((GENERAL,)) == ()
    assert questions((GENERAL, FUND)) == ("framework",)
    assert questions((SMALL, URGENT)) == ("emergency", "countries", "cost")
    assert questions(EVERY) == ("emergency", "framework", "cost")


def test_whoever_speaks_for_the_proposer_in_a_lifecycle_begins_on_it_and_nobody_else(
    world: World,
) -> None:
    publish(world.engine, REQUESTED)
    party, today = int(world.party("moz")), world.clock().date()
    graca, joao = world.person("graca.mabunda"), world.person("joao.lima")
    with world.engine.transaction() as session:
        appoint(session, graca, "requester", party, today, by=None, now=world.clock())

    begun = propose(world.engine, graca, party, {"title": "Nurses"}, lifecycle="requested")

    assert followed_by(world, begun.ref) == "requested"
    for person, other in ((joao, "requested"), (graca, "")):
        with pytest.raises(NotAuthorised, match="Only a submitter of that country"):
            propose(world.engine, person, party, {"title": "Wells"}, lifecycle=other)


def test_a_proposal_follows_the_lifecycle_that_is_named_or_the_one_for_everything(
    world: World,
) -> None:
    publish(world.engine, SMALL)
    other = publish(world.engine, lifecycle("other", subject="amendment"))
    person, party = world.person("joao.lima"), int(world.party("moz"))

    begun = propose(world.engine, person, party, {"title": "Nurses"}, lifecycle="small")
    usual = propose(world.engine, person, party, {"title": "Teachers"})

    assert followed_by(world, begun.ref) == "small"
    assert followed_by(world, usual.ref) == "programme-standard"
    assert other not in {number for number, _ in world.engine.offered()}
    with pytest.raises(NotFound, match="No lifecycle called other is offered"):
        chosen(world.engine, "other")
