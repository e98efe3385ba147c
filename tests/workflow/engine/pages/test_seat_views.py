"""Who may act on a seat, who else can, and what each verdict would lead to."""

from sqlalchemy import delete, select

from tests.support.world import World
from tests.workflow.engine.pages.opened import page, what_can_be_done
from workflow.people.commands import appoint
from workflow.people.models import Party, PivotalStatus


def test_the_holder_of_the_seat_is_offered_its_verdicts(world: World) -> None:
    ref = world.programme("screening")

    chosen = page(world, ref, "screening", "jane.okello").chosen

    assert chosen is not None
    assert chosen.allowed
    assert [choice.key for choice in chosen.choices] == ["open_consultation", "return", "reject"]


def test_each_verdict_says_what_it_would_lead_to_by_the_rule_itself(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support")
    world.answer(ref, "consultation", "aisyah.rahman", "support")
    world.answer(ref, "consultation", "priya.menon", "lead")

    chosen = page(world, ref, "consultation", "somchai.chaiyasit").chosen

    assert chosen is not None
    told = {choice.key: (choice.outcome, choice.onward.state) for choice in chosen.choices}
    assert told["lead"] == ("passed", "Lead group")
    assert told["objection"] == ("", "")


def test_a_stranger_is_offered_nothing_and_told_why_and_who_can(world: World) -> None:
    ref = world.programme("screening")

    found = page(world, ref, "screening", "tom.becker")

    assert found.chosen is None
    (seat,) = found.seats
    assert seat.choices == ()
    assert str(seat.barred[0]).startswith("This seat belongs to the Programme officer")
    assert seat.who_can == ("Jane Okello", "Ravi Chand")


def test_those_whom_separation_of_duties_bars_are_not_named_as_able(world: World) -> None:
    ref = world.programme("consultation")
    assert what_can_be_done(world, ref, "marie.laurent")["withdrawal:Mozambique"].who_can == (
        "João Lima",
    )
    with world.engine.transaction() as session:
        now, joao = world.engine.now(), world.person("joao.lima")
        brazil = session.scalars(select(Party.id).where(Party.key == "bra")).one()
        appoint(session, joao, "pivotal_focal", brazil, now.date(), by=None, now=now)

    found = page(world, ref, "consultation", "joao.lima")

    assert found.chosen is not None
    assert any("wrote the text" in str(reason) for reason in found.chosen.barred)
    asked = next(seat for seat in found.seats if seat.party == "Brazil")
    assert asked.who_can == ("Paulo Sá",)


def test_a_verdict_that_lacks_a_document_says_what_is_missing(world: World) -> None:
    ref = world.programme("formulation")

    chosen = page(world, ref, "presentation", "kenji.watanabe").chosen

    assert chosen is not None
    assert list(map(str, chosen.choices[0].missing)) == ["Project document: not filed yet"]
    (needed,) = chosen.choices[0].needs
    assert (needed.kind, needed.writable) == ("project_document", True)


def test_a_screener_is_told_before_signing_that_a_consultation_would_ask_nobody(
    world: World,
) -> None:
    ref = world.programme("screening")
    asked = page(world, ref, "screening", "jane.okello").chosen
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(delete(PivotalStatus))

    alone = page(world, ref, "screening", "jane.okello").chosen

    assert asked
    assert alone
    told = {choice.key: choice.onward.unasked for choice in alone.choices}
    assert {choice.onward.unasked for choice in asked.choices} == {()}
    assert told["open_consultation"] == ("Consultation of pivotal countries",)
    assert (told["return"], told["reject"]) == ((), ())
