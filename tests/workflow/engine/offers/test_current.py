"""Which version is offered when, by what was done to its lifecycle."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.engine.offers.current import (
    OfferAct,
    OfferMade,
    in_its_place,
    planned,
    retired,
    standing,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PUBLISH, OFFER, RETIRE = OfferAct.PUBLISH, OfferAct.OFFER, OfferAct.RETIRE
# An act, the version that it is of, and how many days from now it begins.
Done = tuple[OfferAct, int | None, int]
TABLE: list[tuple[str, list[Done], int | None]] = [
    ("nothing", [], None),
    ("the first", [(PUBLISH, 1, 0)], 1),
    ("of two the later", [(PUBLISH, 1, -9), (PUBLISH, 2, 0)], 2),
    ("of two of one instant the one done later", [(PUBLISH, 1, 0), (PUBLISH, 2, 0)], 2),
    ("not yet", [(PUBLISH, 1, 0), (PUBLISH, 2, 1)], 1),
    ("an older one again", [(PUBLISH, 1, -9), (PUBLISH, 2, -1), (OFFER, 1, 0)], 1),
    ("planned before, begun after", [(PUBLISH, 1, -9), (PUBLISH, 2, -1), (OFFER, 1, -2)], 2),
    ("retired whole", [(PUBLISH, 1, -9), (PUBLISH, 2, -1), (RETIRE, None, 0)], None),
    ("retired from a later day on", [(PUBLISH, 1, -9), (RETIRE, None, 1)], 1),
    ("one version retired", [(PUBLISH, 1, -9), (PUBLISH, 2, -1), (RETIRE, 2, 0)], 1),
    ("offered after its retirement", [(PUBLISH, 1, -9), (RETIRE, None, -2), (OFFER, 1, -1)], 1),
    ("what was planned is retired too", [(PUBLISH, 1, -1), (RETIRE, None, -9)], None),
]


def offers(done: list[Done]) -> list[OfferMade]:
    return [
        OfferMade(number, act, "standard", version, NOW + timedelta(days=days))
        for number, (act, version, days) in enumerate(done, 1)
    ]


@pytest.mark.parametrize(("done", "meant"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_which_version_is_offered(done: list[Done], meant: int | None) -> None:
    stands = standing(offers(done), NOW).get("standard")

    assert (stands.version if stands else None) == meant


@pytest.mark.parametrize(
    ("done", "then"),
    [
        ([(PUBLISH, 1, -9), (PUBLISH, 2, 0)], 1),
        ([(PUBLISH, 2, -9)], None),
        ([(PUBLISH, 1, -9), (RETIRE, 1, -5), (PUBLISH, 2, 0)], None),
        ([(PUBLISH, 1, -9), (PUBLISH, 3, -8), (PUBLISH, 2, 0), (OFFER, 1, -7)], 1),
    ],
)
def test_what_is_offered_where_a_version_alone_is_retired(
    done: list[Done], then: int | None
) -> None:
    assert in_its_place(offers(done), "standard", 2, NOW) == then


def test_each_lifecycle_stands_for_itself() -> None:
    mine = OfferMade(1, PUBLISH, "mine", 1, NOW)
    other = OfferMade(2, PUBLISH, "other", 2, NOW)
    end = OfferMade(3, RETIRE, "mine", None, NOW)

    assert standing([mine, other, end], NOW) == {"other": other}


def test_what_is_planned_is_told_with_ends_but_without_what_was_taken_back() -> None:
    known = offers(
        [(PUBLISH, 1, -1), (PUBLISH, 2, 3), (RETIRE, 2, -1), (OFFER, 1, 2), (RETIRE, 1, 5)]
    )

    assert [each.number for each in planned(known, NOW)] == [4, 5]


def test_a_version_is_retired_only_while_no_offer_of_it_stands() -> None:
    known = offers([(PUBLISH, 1, -9), (PUBLISH, 2, -8), (RETIRE, 2, -7), (RETIRE, None, -1)])
    again = [*known, OfferMade(9, OFFER, "standard", 2, NOW)]

    assert [each and each.number for each in (retired(known, 1, NOW), retired(known, 2, NOW))] == [
        4,
        4,
    ]
    assert retired(known, 1, NOW - timedelta(days=5)) is None
    assert retired(again, 2, NOW) is None
    assert retired(known, 7, NOW) is None
