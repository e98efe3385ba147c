"""Administrators keep the house and read no case: their rooms tell of none that was not sent, and no word of any."""

import json
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import text

from tests.architecture.test_routes import ROUTES
from tests.support.sizes import some_of_each
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.web.outsiders.cases import known_cases

# Of addresses of one rule, in a short run.
OF_A_RULE = 2
ADMINISTRATORS, OTHERS = ("naledi.khumalo", "pieter.vos"), ("leilani.tau", "ravi.chand")
# What fills an address of a rule that begins so; its keys or numbers as the tables hold them.
FILLED: Mapping[str, str] = {
    "/office/bodies/<key>": "SELECT key FROM body",
    "/office/calendars/<key>": "SELECT key FROM party WHERE kind = 'country' LIMIT 5",
    "/office/reporting/<key>": "SELECT key FROM party WHERE kind = 'country' LIMIT 5",
    "/office/frameworks/<key>": "SELECT key FROM framework",
    "/office/groupings/<key>": "SELECT key FROM grouping",
    "/office/groupings/memberships/<int:number>": "SELECT id FROM grouping_membership LIMIT 9",
    "/office/parties/<key>": "SELECT key FROM party LIMIT 9",
    "/office/pivotal/<key>": "SELECT p.key FROM pivotal_status s JOIN party p ON p.id = s.party_id",
    "/office/people/<int:person_id>": "SELECT id FROM person",
    "/office/people/<int:person_id>/appointments/new": "SELECT id FROM person",
    "/office/appointments/<int:number>": "SELECT id FROM appointment",
    "/office/lifecycles/acts/<int:number>": "SELECT id FROM lifecycle_request",
    "/office/lifecycles/acts/<int:number>/effects": "SELECT id FROM lifecycle_request",
    "/office/lifecycles/acts/<int:number>/file": "SELECT id FROM lifecycle_request",
    "/office/lifecycles/drafts/<int:number>": "SELECT id FROM lifecycle_draft",
    "/office/lifecycles/drafts/<int:number>/effects": "SELECT id FROM lifecycle_draft",
    "/office/lifecycles/drafts/<int:number>/file": "SELECT id FROM lifecycle_draft",
    "/office/lifecycles/of/<key>": "SELECT DISTINCT key FROM definition_version",
    "/people/<int:person_id>": "SELECT id FROM person",
    "/people/letters/<int:number>": "SELECT id FROM attachment",
}
LETTERS = [
    ("seat_opened", "en"), ("round_settled", "fr"), ("reminder", "en"), ("escalation", "ar"),
    ("silence_opened", "en"),
]  # fmt: skip


def rooms(world: World, *begin: str) -> Iterator[tuple[str, str]]:
    """Every address in the rooms that begin so, with its rule."""
    for rule in (each.removeprefix("GET ") for each in ROUTES if each.startswith("GET ")):
        if not rule.startswith(begin):
            continue
        if rule in FILLED:
            with world.engine.reading() as session:
                found = session.execute(text(FILLED[rule])).scalars().all()
            head, _, rest = rule.partition("<")
            yield from ((rule, f"{head}{each}{rest.partition('>')[2]}") for each in found)
        elif rule == "/office/lifecycles/of/<key>/versions/<mark>/file":
            _, standard = world.engine.published("programme-standard")
            yield rule, f"/office/lifecycles/of/{standard.key}/versions/{standard.mark}/file"
        elif rule.startswith("/office/lifecycles/of/<key>/versions/<mark>/texts"):
            _, standard = world.engine.published("programme-standard")
            filled = rule.replace("<key>", standard.key).replace("<mark>", standard.mark)
            yield rule, filled.replace("<language>", "fr")
        elif rule == "/office/letters/<kind>/<language>":
            yield from ((rule, f"/office/letters/{kind}/{language}") for kind, language in LETTERS)
        else:
            assert "<" not in rule, f"{rule} is filled with nothing"
            yield rule, rule


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize(
    ("who", "begin"),
    [
        *((who, ("/office", "/health", "/people")) for who in ADMINISTRATORS),
        *((who, ("/people",)) for who in OTHERS),
    ],
)
def test_no_room_of_the_house_tells_of_what_was_not_sent_or_says_a_word_of_any_case(
    world: World, enter: Enter, who: str, begin: tuple[str, ...]
) -> None:
    cases, visitor = known_cases(world), enter(who)
    unsent = [each for each in cases if not each.sent]
    secrets = {said for each in cases if who in each.outsiders for said in each.secrets}
    # A choice out of a list of the house is no text of a case.
    closed = {said for said in secrets if " " in said}
    told = [each for case in unsent for each in (case.ref, case.title)]
    ahead = some_of_each(rooms(world, *begin), lambda each: each[0], OF_A_RULE)
    opened, met = set(), []

    for rule, address in ahead:
        answer = visitor.get(address)
        body = words(answer)
        opened |= {rule} if answer.status_code == 200 else set()
        met += [f"{address}: {each!r}" for each in (*told, *closed) if each in body]

    print(
        json.dumps({"who": who, "requests": len(ahead), "opened": len(opened), "leaks": len(met)})
    )
    assert len(opened) > len(begin)
    assert unsent
    assert closed
    assert met == []
