"""One answer decided by what is known: no database, every refusal in its order, and what it comes to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.engine.benches import OfficeKey
from workflow.engine.documents.resubmission import CameBack
from workflow.engine.permissions.authority import Entitlement
from workflow.engine.permissions.check import PermissionContext
from workflow.engine.permissions.context import Acting
from workflow.engine.permissions.duties import PriorActs
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.answer import Effects, KnownAnswer, decide
from workflow.engine.rounds.decision import Decision, Gap
from workflow.errors import Incomplete, Invalid, NotAuthorised, Refusal, RoundClosed
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.seat import Part
from workflow.phrase import phrase

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = NOON + timedelta(days=10)
ME, OTHER, APPOINTMENT = 7, 8, 70
GAP = Gap("Project document", "", phrase("not filed yet"), phrase("It is not filed yet."))


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


def seat(number: int, role: str, verdict: str | None = None) -> SeatState:
    """A seat of the round, answered by somebody else where a verdict stands on it."""
    return SeatState(
        id=number,
        role=role,
        party_id=number,
        party_key=f"party-{number}",
        party_name=f"Party {number}",
        part=Part.DECIDES,
        category="",
        status="answered" if verdict else "open",
        sign_off_id=number if verdict else None,
        turn=1 if verdict else None,
        person=OTHER if verdict else None,
        verdict=verdict,
    )


def sitting(key: str, role: str, *others: str | None) -> RoundState:
    """A round whose first seat is to be answered, and on whose others these verdicts stand."""
    seats = (seat(1, role), *(seat(at, role, said) for at, said in enumerate(others, 2)))
    return RoundState(
        id=1, key=key, turn=1, status="open", state=key, opened_at=NOON, due_at=DUE, content={},
        content_digest="d", seats=seats,
    )  # fmt: skip


def known(round_: RoundState, **more: Any) -> KnownAnswer:
    """Everything that decides an answer on the first seat, by somebody whom nothing bars."""
    mine = round_.seats[0]
    offices = {OfficeKey(mine.role, mine.party_id): APPOINTMENT}
    seen = PermissionContext(offices, PriorActs(), round_open=True, in_state=True)
    way = Entitlement(Acting(ME, offices), seen)
    return KnownAnswer(ME, round_, mine, NOON, (way,))._replace(**more)


def barred(round_: RoundState, **more: Any) -> KnownAnswer:
    """The same of somebody who holds no office."""
    seen = PermissionContext({}, PriorActs(), round_open=True, in_state=True)
    return known(round_, ways=(Entitlement(Acting(ME, {}), seen),), **more)


def answered(
    definition: Definition, of: KnownAnswer, verdict: str, reason: str = "", **more: Any
) -> Effects:
    decision = Decision("SSC-2026-001", of.round_.key, verdict, 3, "key", 1, reason, **more)
    return decide(of, definition, decision)


def board(*others: str | None) -> RoundState:
    return sitting("decision", "board_member", *others)


def test_the_last_approval_settles_the_round(standard: Definition) -> None:
    effects = answered(standard, known(board("approve", "approve")), "approve")

    assert effects.reading.outcome == "approve"


def test_an_approval_before_the_last_leaves_the_round_open(standard: Definition) -> None:
    effects = answered(standard, known(board("approve", None)), "approve")

    assert effects.reading.outcome is None


def test_the_answer_stands_in_the_round_as_the_person_gave_it(standard: Definition) -> None:
    round_ = board("abstain", None)

    effects = answered(standard, known(round_), "approve")

    mine, *others = effects.round_.seats
    assert (mine.person, mine.verdict, mine.status) == (ME, "approve", "answered")
    assert tuple(others) == round_.seats[1:]
    assert effects.verdict is standard.rounds["decision"].rule.verdicts["approve"]


def test_it_is_given_under_the_office_that_is_held(standard: Definition) -> None:
    effects = answered(standard, known(board(None)), "approve")

    assert (effects.acting.appointment, effects.acting.mandate) == (APPOINTMENT, None)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_at_its_end_a_round_settles_by_what_has_been_heard(standard: Definition, days: int) -> None:
    consultation = sitting("consultation", "pivotal_focal", None)
    now = DUE + timedelta(days=days)

    effects = answered(standard, known(consultation, now=now), "lead")

    assert (effects.reading.outcome is not None) is (days > 0)


def test_where_time_does_nothing_a_late_answer_settles_nothing_more(standard: Definition) -> None:
    late = known(board(None, None), now=DUE + timedelta(days=300))

    effects = answered(standard, late, "approve")

    assert effects.reading.outcome is None
    in_time = answered(standard, known(board(None, None)), "approve").reading
    assert effects.reading.explanation == in_time.explanation


@pytest.mark.parametrize(
    ("verdict", "reason", "refusal"),
    [("maybe", "", Invalid), ("object", "", Invalid), ("object", "Too dear.", NotAuthorised)],
)
def test_what_is_no_decision_is_refused_before_who_gives_it(
    standard: Definition, verdict: str, reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        answered(standard, barred(board(None)), verdict, reason)


def test_whoever_may_not_answer_learns_nothing_of_what_is_missing(standard: Definition) -> None:
    with pytest.raises(NotAuthorised):
        answered(standard, barred(board(None), missing=(GAP,)), "approve")


def test_whoever_may_not_answer_is_not_asked_the_questions_of_the_round(
    standard: Definition,
) -> None:
    with pytest.raises(NotAuthorised):
        answered(standard, barred(sitting("lead_confirmation", "unit_officer")), "confirm")


def test_a_round_that_is_closed_takes_no_answer(standard: Definition) -> None:
    closed = known(board(None))
    (way,) = closed.ways
    shut = way._replace(seen=way.seen._replace(round_open=False))

    with pytest.raises(RoundClosed):
        answered(standard, closed._replace(ways=(shut,)), "approve")


def test_questions_that_were_not_put_are_asked_for_before_what_is_missing(
    standard: Definition,
) -> None:
    confirmation = known(sitting("lead_confirmation", "unit_officer"), missing=(GAP,))

    with pytest.raises(Invalid, match="asks questions"):
        answered(standard, confirmation, "confirm")


@pytest.mark.parametrize(("eligible", "taken"), [({"lead:india"}, True), ({"lead:kenya"}, False)])
def test_an_answer_names_only_a_party_that_takes_part(
    standard: Definition, eligible: set[str], *, taken: bool
) -> None:
    confirmation = sitting("lead_confirmation", "unit_officer")
    capacity = standard.rounds["lead_confirmation"].questions[0].vocabulary.removeprefix("parties:")
    named = frozenset(each.replace("lead", capacity, 1) for each in eligible)
    answers: Mapping[str, Any] = {"convenor": "india"}

    def give() -> Effects:
        return answered(standard, known(confirmation, eligible=named), "confirm", answers=answers)

    if taken:
        assert give().reading.outcome == "confirm"
    else:
        with pytest.raises(Invalid, match="Name the"):
            give()


def test_a_verdict_that_is_kept_from_whoever_wrote_the_text_is_refused_them(
    standard: Definition,
) -> None:
    spec = standard.rounds["consent"]
    kept = replace(spec.rule.verdicts["consent"], never=("author",))
    rule = replace(spec.rule, never=(), verdicts={**spec.rule.verdicts, "consent": kept})
    definition = replace(standard, rounds={**standard.rounds, "consent": replace(spec, rule=rule)})
    consenting = known(sitting("consent", spec.rule.seats[0].role))
    (way,) = consenting.ways
    wrote = way._replace(seen=way.seen._replace(past=PriorActs(wrote=frozenset(spec.text))))

    with pytest.raises(Invalid, match="not for whoever wrote"):
        answered(definition, consenting._replace(ways=(wrote,)), "consent")

    refused = answered(definition, consenting._replace(ways=(wrote,)), "refuse", "Not ours.")
    assert refused.verdict.key == "refuse"


@pytest.mark.parametrize(("reason", "taken"), [("It says what it has to.", True), ("", False)])
def test_a_text_that_came_back_is_not_sent_again_unchanged_without_a_word(
    standard: Definition, reason: str, *, taken: bool
) -> None:
    returned = known(board(None), back=CameBack(unchanged=True, remarks=()))

    def give() -> Effects:
        return answered(standard, returned, "approve", reason)

    if taken:
        assert give().verdict.key == "approve"
    else:
        with pytest.raises(Invalid, match="Nothing was changed"):
            give()


def test_what_the_verdict_needs_and_is_not_filed_refuses_it(standard: Definition) -> None:
    with pytest.raises(Incomplete):
        answered(standard, known(board("approve"), missing=(GAP,)), "approve")


def test_where_time_does_nothing_its_passing_is_not_read(standard: Definition) -> None:
    untimed = replace(standard.rounds["consultation"], at_due="")
    definition = replace(standard, rounds={**standard.rounds, "consultation": untimed})
    late = known(sitting("consultation", "pivotal_focal", None), now=DUE + timedelta(days=1))

    effects = answered(definition, late, "lead")

    assert effects.reading.outcome is None


@pytest.mark.parametrize(("document", "taken"), [("project_document", True), ("proposal", False)])
def test_a_document_is_signed_only_where_its_writer_signs_it(
    standard: Definition, document: str, *, taken: bool
) -> None:
    presented = known(sitting("presentation", "executing_agency"))

    def give() -> Effects:
        return answered(standard, presented, "present", answers={}, document=document)

    if taken:
        assert give().reading.outcome == "present"
    else:
        with pytest.raises(Invalid, match="not the signature"):
            give()


@pytest.mark.parametrize(("section", "taken"), [("countries", True), ("nowhere", False)])
def test_a_line_of_an_answer_names_only_what_is_offered(
    standard: Definition, section: str, *, taken: bool
) -> None:
    screened = known(sitting("screening", "unit_officer"))
    answers: Mapping[str, Any] = {"remarks": [{"section": section, "remark": "Which?"}]}

    def give() -> Effects:
        return answered(standard, screened, "return", "Say which.", answers=answers)

    if taken:
        assert give().reading.outcome == "return"
    else:
        with pytest.raises(Invalid, match="cannot be kept"):
            give()
