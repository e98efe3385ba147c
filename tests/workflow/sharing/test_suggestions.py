"""Whom to invite, as a table: what is on record of a country, and what is said of it because of that."""

from datetime import date

import pytest

from workflow.sharing.suggestions import (
    MOST,
    AnsweredArea,
    InvitingCandidate,
    InvitingGround,
    NearCountry,
    suggest,
)

MOZAMBIQUE = NearCountry(
    "Mozambique", "Africa", "Eastern Africa", ("SADC", "African Union", "Group of 77")
)
HEALTH = "Health"


def answered(answer: InvitingGround, label: str = HEALTH) -> AnsweredArea:
    return AnsweredArea(label, answer, date(2026, 2, 9))


def country(name: str, region: str = "Asia-Pacific", **known: object) -> InvitingCandidate:
    return InvitingCandidate(name.lower(), name[:3].upper(), name, region, **known)  # type: ignore[arg-type] # as the test names them


TABLE: tuple[tuple[dict[str, object], str, list[str]], ...] = (
    ({"answers": (answered(InvitingGround.INTEREST),)}, "Asia", [
        "It wants to lead in Health, as it said on 2026-02-09."]),
    ({"answers": (answered(InvitingGround.LATER),)}, "Asia", [
        "It may lead in Health later, as it said on 2026-02-09."]),
    ({"answers": (answered(InvitingGround.DECLINES),)}, "Africa", []),
    ({"answers": (answered(InvitingGround.DECLINES),), "shares": (("expert", 1),)}, "Asia", [
        "It does not want to lead in Health, as it said on 2026-02-09.",
        "It shares in these areas: expert: 1."]),
    ({"answers": (answered(InvitingGround.INTEREST), answered(InvitingGround.INTEREST, "Water"))}, "Asia", [
        "It wants to lead in Health and Water, as it said on 2026-02-09."]),
    ({"shares": (("solution", 2), ("expert", 1))}, "Asia", [
        "It shares in these areas: solution: 2, expert: 1."]),
    ({"led": 3, "looked_at": 40}, "Asia", [
        "It led, or leads, 3 of its 40 newest programmes here in these areas."]),
    ({"led": 0, "looked_at": 40}, "Asia", []),
    ({"shares": (("expert", 1),)}, "Africa", [
        "It shares in these areas: expert: 1.",
        "It lies in the same region as Mozambique: Africa."]),
    ({"shares": (("expert", 1),), "subregion": "Eastern Africa"}, "Africa", [
        "It shares in these areas: expert: 1.",
        "It lies in the same subregion as Mozambique: Eastern Africa."]),
    ({"subregion": "Eastern Africa", "groupings": ("African Union",)}, "Africa", [
        "It lies in the same subregion as Mozambique: Eastern Africa.",
        "It belongs to the same grouping as Mozambique: African Union."]),
    ({"led": 1, "looked_at": 4, "groupings": ("SADC", "African Union")}, "Asia", [
        "It led, or leads, 1 of its 4 newest programmes here in these areas.",
        "It belongs to the same grouping as Mozambique: SADC."]),
    ({"subregion": "Eastern Africa"}, "Africa", []),
    ({"groupings": ("African Union",)}, "Asia", []),
    ({"answers": (answered(InvitingGround.DECLINES),), "subregion": "Eastern Africa", "groupings": ("SADC",)}, "Africa", []),
    ({}, "Africa", []),
    ({"asked": True}, "Africa", []),
)  # fmt: skip


@pytest.mark.parametrize(("known", "region", "said"), TABLE)
def test_each_reason_is_a_sentence_with_its_source(
    known: dict[str, object], region: str, said: list[str]
) -> None:
    found = suggest([MOZAMBIQUE], [country("India", region, **known)])

    assert [str(reason.says) for each in found for reason in each.reasons] == said
    assert all(str(reason.source) for each in found for reason in each.reasons)


def test_most_speaks_first_and_of_two_alike_the_first_by_name() -> None:
    shares = (("solution", 1),)
    candidates = [
        country("Zambia", "Africa", shares=shares),
        country("Brazil", "Americas", answers=(answered(InvitingGround.INTEREST),)),
        country("Cuba", "Americas", shares=shares),
        country("Angola", "Americas", shares=shares),
        country("Chile", "Americas", led=1, looked_at=2),
    ]

    there = suggest([MOZAMBIQUE], candidates)
    back = suggest([MOZAMBIQUE], reversed(candidates))

    assert [each.name for each in there] == ["Brazil", "Zambia", "Angola", "Cuba", "Chile"]
    assert there == back


def test_ten_are_suggested_at_most() -> None:
    many = [country(f"Country {number:02}", led=1, looked_at=1) for number in range(30)]

    found = suggest([], many)

    assert [each.name for each in found] == [f"Country {number:02}" for number in range(MOST)]
