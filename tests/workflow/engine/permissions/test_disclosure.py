"""The one rule of visibility, in every combination of what is declared and who somebody is."""

from itertools import product

import pytest

from workflow.engine.permissions.disclosure import Matter, Onlooker, may_read
from workflow.lifecycles.openness import Openness

WRITER, OTHER = frozenset({1}), frozenset({2})
EVERY_OPENNESS = tuple(Openness)
ONLOOKERS = tuple(
    Onlooker(*each) for each in product((False, True), (False, True), (frozenset(), WRITER, OTHER))
)


@pytest.mark.parametrize("onlooker", ONLOOKERS)
def test_an_auditor_reads_everything_and_nobody_else_reads_what_auditors_do(
    onlooker: Onlooker,
) -> None:
    matters = [
        Matter(openness, draft) for openness in Openness for draft in (None, WRITER, frozenset())
    ]

    read = [may_read(each, onlooker, decided=False) for each in matters]

    assert all(read) is onlooker.audits
    assert may_read(Matter(Openness.AUDITORS), onlooker, decided=True) is onlooker.audits


@pytest.mark.parametrize("openness", EVERY_OPENNESS)
@pytest.mark.parametrize("decided", [False, True])
def test_a_draft_is_read_by_those_whose_it_is_alone_however_open_its_kind_is(
    openness: Openness, *, decided: bool
) -> None:
    draft = Matter(openness, WRITER)

    read = {
        who: may_read(draft, Onlooker(takes_part=True, parties=parties), decided=decided)
        for who, parties in (("writer", WRITER), ("participant", OTHER))
    }

    assert read == {"writer": True, "participant": False}


@pytest.mark.parametrize(
    ("openness", "decided", "outsider", "participant"),
    [
        (Openness.EVERYBODY, False, True, True),
        (Openness.EVERYBODY, True, True, True),
        (Openness.AFTER_DECISION, False, False, True),
        (Openness.AFTER_DECISION, True, True, True),
        (Openness.PARTICIPANTS, False, False, True),
        (Openness.PARTICIPANTS, True, False, True),
        (Openness.AUDITORS, False, False, False),
        (Openness.AUDITORS, True, False, False),
    ],
)
def test_what_was_sent_opens_as_its_lifecycle_declares(
    openness: Openness, *, decided: bool, outsider: bool, participant: bool
) -> None:
    matter = Matter(openness)

    read = [
        may_read(matter, Onlooker(takes_part=part, parties=OTHER), decided=decided)
        for part in (False, True)
    ]

    assert read == [outsider, participant]


def test_who_takes_part_reads_at_least_what_outsiders_do_and_a_decision_closes_nothing() -> None:
    for openness, draft in product(Openness, (None, WRITER)):
        matter = Matter(openness, draft)
        for parties in (frozenset[int](), WRITER):
            outside, inside = Onlooker(parties=parties), Onlooker(takes_part=True, parties=parties)
            for decided in (False, True):
                assert may_read(matter, inside, decided=decided) >= may_read(
                    matter, outside, decided=decided
                )
            for who in (outside, inside):
                assert may_read(matter, who, decided=True) >= may_read(matter, who, decided=False)
