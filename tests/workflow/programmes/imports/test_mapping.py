import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.workflow.programmes.samples import REAL, row
from workflow.programmes.imports.rows import party_of
from workflow.programmes.imports.run import read_file
from workflow.reference import reference

TODAY = date(2026, 3, 2)
STANDARD = REAL.parents[1] / "lifecycles" / "programme-standard.toml"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("proposed", "screening"),
        ("recommended", "decision"),
        ("under review", "deferred"),
        ("formulation", "formulation"),
        ("redesigned", "formulation"),
        ("approved", "signature"),
        ("implementation", "active"),
        ("completed", "closed"),
    ],
)
def test_a_status_says_where_a_programme_lands(status: str, state: str) -> None:
    assert row(status=status).landing(TODAY).state == state


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        ("", "", "signature"),
        ("2027", "", "signature"),
        ("2026", "", "active"),
        ("2026-03", "", "active"),
        ("2026-03-02", "2026-03-02", "active"),
        ("2026-03-03", "", "signature"),
        ("2017", "2026", "active"),
        ("2017", "2025", "operational_closure"),
        ("2017-06", "2026-02", "operational_closure"),
        ("", "2026-03-01", "operational_closure"),
    ],
)
def test_where_the_status_is_not_stated_the_dates_decide(start: str, end: str, state: str) -> None:
    unstated = row(status="not stated", start=start, end=end)

    assert unstated.landing(TODAY).state == state


def test_every_state_that_a_programme_can_land_in_is_in_the_standard_lifecycle() -> None:
    states = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["states"]

    assert {landing.state for landing in reference().landings} <= states.keys()


def test_the_real_programmes_land_in_many_states() -> None:
    landed = Counter(each.landing(date(2026, 11, 23)).state for each in read_file(REAL))

    assert landed == {
        "closed": 63,
        "active": 21,
        "signature": 10,
        "decision": 4,
        "screening": 4,
        "operational_closure": 3,
        "deferred": 2,
        "formulation": 2,
    }


SPECIAL_UNIT = "UNDP Special Unit for South-South Cooperation"


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("BRA", "bra", "country"),
        ("UNDP", "undp", "organisation"),
        ("UN Women", "un-women", "organisation"),
        ("Perez-Guerrero Trust Fund", "perez-guerrero-trust-fund", "organisation"),
        ("Coopération Sud", "cooperation-sud", "organisation"),
        ("P.E.R.", "p-e-r", "organisation"),
        ("Per", "per-organisation", "organisation"),
    ],
)
def test_a_party_is_known_by_a_key_of_its_own(name: str, key: str, kind: str) -> None:
    party = party_of(name)

    assert (party.key, party.kind) == (key, kind)


@pytest.mark.parametrize("name", ["x" * 200, "—", "***"])
def test_a_name_without_a_short_key_gets_one_all_the_same(name: str) -> None:
    key = party_of(name).key

    assert 1 <= len(key) <= 80
    assert party_of(name).key == key
    assert party_of(f"{name}!").key != key


def test_parties_take_part_in_their_capacities() -> None:
    parts = [(capacity, facts.key) for capacity, facts in row().parties()]

    assert parts == [
        ("lead", "ind"),
        ("lead", "bra"),
        ("lead", "zaf"),
        ("beneficiary", "gnb"),
        ("donor", "ind"),
        ("donor", "bra"),
        ("donor", "zaf"),
        ("executing_agency", "undp"),
    ]


def test_the_standard_lifecycle_is_where_it_is_looked_for() -> None:
    assert Path(STANDARD).exists()
