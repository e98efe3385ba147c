"""Separation of duties as definitions declare it: of persons, of parties and of offices."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.world import World
from tests.workflow.engine.lifecycles import STANDARD, edited, faults_in, put, written
from tests.workflow.lifecycles.broken.rules import BOARD
from workflow.engine.benches import OfficeKey
from workflow.engine.permissions.check import PermissionContext, deny_reasons
from workflow.engine.permissions.context import RoundOfCase, round_contexts
from workflow.engine.permissions.duties import Principal, PriorActs, withheld
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import ConflictOfDuties
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.seat import SeatRef
from workflow.vocabulary import Footing

BRAZIL, INDIA = 1, 2
HEARD = frozenset({("consultation", "pivotal_focal", BRAZIL)})
NOBODY = Principal("Paulo Sá", PriorActs(), answered_here=False)


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


def seen(**more: object) -> PermissionContext:
    """Somebody who holds every office asked about, and did nothing before."""
    offices = {
        OfficeKey(role, party): 1
        for role in ("pivotal_focal", "board_member")
        for party in (BRAZIL, INDIA)
    }
    plain = PermissionContext(offices, PriorActs(), round_open=True, in_state=True)
    return plain._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bar", "role", "party", "about", "barred"),
    [
        ("party:signed:consultation", "board_member", BRAZIL, {"heard": HEARD}, True),
        ("party:signed:consultation", "board_member", INDIA, {"heard": HEARD}, False),
        ("party:signed:consultation", "board_member", BRAZIL, {}, False),
        ("party:signed:screening", "board_member", BRAZIL, {"heard": HEARD}, False),
        ("office:signed:consultation", "board_member", BRAZIL, {"heard": HEARD}, False),
        ("office:signed:consultation", "pivotal_focal", BRAZIL, {"heard": HEARD}, True),
        ("office:signed:consultation", "pivotal_focal", INDIA, {"heard": HEARD}, False),
        (
            "signed:consultation", "pivotal_focal", INDIA,
            {"past": PriorActs(signed=frozenset({"consultation"}))}, True,
        ),
        (
            "signed:consultation", "pivotal_focal", INDIA,
            {"principal": replace(NOBODY, past=PriorActs(signed=frozenset({"consultation"})))}, True,
        ),
        (
            "author", "pivotal_focal", INDIA,
            {"principal": replace(NOBODY, past=PriorActs(wrote=frozenset({"proposal"})))}, True,
        ),
        ("author", "pivotal_focal", INDIA, {"principal": NOBODY}, False),
        ("author", "pivotal_focal", INDIA, {"principal": replace(NOBODY, answered_here=True)}, True),
        (
            "party:signed:consultation", "board_member", BRAZIL,
            {"heard": HEARD, "principal": NOBODY}, True,
        ),
    ],
)  # fmt: skip
def test_a_duty_bars_exactly_whom_the_definition_says(
    standard: Definition, bar: str, role: str, party: int, about: dict[str, object], *, barred: bool
) -> None:
    screening = standard.rounds["screening"]
    spec = replace(screening, rule=replace(screening.rule, never=(bar,)))

    found = deny_reasons(standard, spec, SeatRef(role, party, "Brazil", "open"), seen(**about))

    assert bool(found) is barred
    assert all(isinstance(each, ConflictOfDuties) for each in found)


def test_who_answered_is_read_only_for_rounds_that_bar_seats(world: World) -> None:
    ref = world.programme("consultation")
    spec = world.engine.published("programme-standard")[1].rounds["consultation"]
    declared = replace(spec, rule=replace(spec.rule, never=("office:signed:screening",)))
    unit = world.party("special-unit")

    with world.engine.reading() as session:
        now = world.engine.now()
        case = visible_case(session, ref, world.person("jane.okello"), now)
        definition = world.engine.definition(case.definition_id, session)
        found, undeclared = (
            each.heard
            for each in round_contexts(
                session,
                [
                    RoundOfCase(definition, asked, case.id, ref, case.state, None, Footing.MANAGED)
                    for asked in (declared, spec)
                ],
                now,
            )
        )

    assert found == {("screening", "unit_officer", unit)}
    assert undeclared == frozenset()


@pytest.mark.parametrize("bar", ["party:signed:consultation", "office:signed:screening"])
def test_a_definition_may_bar_parties_and_offices(tmp_path: Path, bar: str) -> None:
    path = written(tmp_path, edited(put(f"{BOARD}/never/0", bar)))

    assert faults_in(path) == ()


@pytest.mark.parametrize("bar", ["party:signed:vote", "party:author", "office:", "signed:"])
def test_a_bar_that_names_no_round_is_a_fault(tmp_path: Path, bar: str) -> None:
    path = written(tmp_path, edited(put(f"{BOARD}/never/0", bar)))

    (fault,) = faults_in(path)

    assert str(fault.place).endswith("never[0]")


PRESENTED, WROTE = (
    PriorActs(signed=frozenset({"presentation"})),
    PriorActs(wrote=frozenset({"project_document"})),
)


@pytest.mark.parametrize(
    ("past", "principal", "kept"),
    [
        (PriorActs(), None, set()),
        (PRESENTED, None, {"recommend"}),
        (WROTE, None, {"recommend"}),
        (PriorActs(), NOBODY, set()),
        (PriorActs(), replace(NOBODY, past=WROTE), {"recommend"}),
    ],
)
def test_whoever_wrote_a_text_or_acts_for_who_did_keeps_every_answer_but_approval(
    standard: Definition, past: PriorActs, principal: Principal | None, kept: set[str]
) -> None:
    assert withheld(standard, standard.rounds["appraisal"], past, principal) == kept
