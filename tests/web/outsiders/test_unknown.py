"""What was not sent answers a stranger as what there is not: the same status, words and questions to the database."""

import re
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.architecture.test_routes import ROUTES
from tests.support.statements import asked
from tests.support.visitors import HIDDEN, Enter, Visitor, words
from tests.support.world import World
from tests.web.outsiders.addresses import addresses
from tests.web.outsiders.cases import KnownCase, known_cases

NOTHING = "SSC-1999-999"
# The number under which an answer is found in the log.
REQUEST = re.compile(r"\b[0-9a-f]{16}\b")
# What of an answer's head is of the request alone.
OWN = ("Set-Cookie", "Content-Length", "Date", "X-Request-Id")
# Somebody of another country, of a committee, an officer of the house, and its head.
STRANGERS = ("leilani.tau", "ravi.chand", "jane.okello", "elena.petrova")
# Of addresses of one rule, so many.
FEW = 2


@pytest.fixture(scope="module")
def unsent(world: World) -> KnownCase:
    return next(
        each
        for each in known_cases(world)
        if each.state == "draft" and set(STRANGERS) <= {*each.outsiders}
    )


def told(world: World, visitor: Visitor, method: str, address: str, ref: str) -> tuple[object, ...]:
    """Everything that an answer tells and what it took, without the reference that was asked for."""
    form = visitor.hidden("/notices") if method == "POST" else None
    with asked(world.engine.database) as found:
        answer = visitor.flask.open(address, method=method, data=form, buffered=True)
    said = REQUEST.sub("", HIDDEN.sub("", words(answer))).replace(ref, "")
    heads = {name: value for name, value in answer.headers if name not in OWN}
    questions = [each for one in found.transactions for each in one.statements]
    return answer.status_code, str(heads).replace(ref, ""), said, questions


def differences(
    world: World, visitor: Visitor, ref: str, asked_at: tuple[str, str]
) -> list[tuple[object, ...]]:
    """What an answer about a case tells otherwise than one about a case that there is not."""
    method, address = asked_at
    here = told(world, visitor, method, address, ref)
    there = told(world, visitor, method, address.replace(ref, NOTHING), NOTHING)
    return [(address, a, b) for a, b in zip(here, there, strict=True) if a != b]


def looked_at(case: KnownCase) -> Iterator[tuple[str, str]]:
    """Every address of a case that opens with GET, but for those that are asked by a number alone."""
    kinds: dict[str, list[str]] = {}
    for rule, address in addresses(case):
        if case.ref in address:
            kinds.setdefault(rule, []).append(address)
    for every in kinds.values():
        yield from (("GET", each) for each in islice(every, FEW))


def acted_on(case: KnownCase) -> Iterator[tuple[str, str]]:
    """Every address of a case that takes a form, filled with what the case holds."""
    kind, sections = next(iter(case.kinds.items()))
    key, turn = case.rounds[0]
    filled = {
        "<ref>": case.ref, "<kind>": kind, "<section>": sections[0], "<key>": key,
        "<int:turn>": str(turn), "<int:number>": "1", "<int:attachment>": str((*case.files, 1)[0]),
    }  # fmt: skip
    for rule in ROUTES:
        method, _, address = rule.partition(" ")
        if method == "POST" and "<ref>" in address:
            for name, value in filled.items():
                address = address.replace(name, value)
            yield method, address


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("who", STRANGERS)
def test_no_address_of_what_was_not_sent_tells_that_it_is_there(
    world: World, enter: Enter, unsent: KnownCase, who: str
) -> None:
    visitor, tried, differing = enter(who), 0, []

    for asked_at in (*looked_at(unsent), *acted_on(unsent)):
        visitor.get(asked_at[1])
        tried += 1
        # How the house fares is read anew now and then, which tells the same of both a moment later.
        met = differences(world, visitor, unsent.ref, asked_at)
        differing += met and differences(world, visitor, unsent.ref, asked_at)

    assert tried > 40
    assert differing == []


def test_its_party_is_told_otherwise_at_each_address_that_opens(
    world: World, enter: Enter, unsent: KnownCase
) -> None:
    here, nothing = f"/programmes/{unsent.ref}", f"/programmes/{NOTHING}"
    joao = enter("joao.lima")

    assert told(world, joao, "GET", here, unsent.ref) != told(world, joao, "GET", nothing, NOTHING)
