"""Whose move follows where everybody has answered: nobody's before, and only of what waited for the round."""

from sqlalchemy import select

from tests.support.world import NURSES, World
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.moves.followers import following
from workflow.notices.models import Notice
from workflow.notices.vocabulary import NoticeKind
from workflow.people.models import Person


def test_only_what_waited_for_the_round_follows(world: World) -> None:
    ref = world.programme("consultation")
    columns = (Round.case_id, Round.key, LifecycleCase.state, LifecycleCase.definition_id)
    asked = (
        select(*columns).join(LifecycleCase).where(LifecycleCase.ref == ref, Round.status == "open")
    )
    with world.engine.reading() as session:
        row = session.execute(asked).one()
        definition = world.engine.definition(row.definition_id, session)

        found = following(session, definition, row, world.engine.now().date())

    assert [each.asks for each in found] == ["close the consultation"]


def told(world: World, ref: str) -> list[tuple[str, str, str]]:
    """Who was told that it is their move, as what, and what had been answered."""
    asked = (
        select(Person.name, Notice.role, Notice.label)
        .join(Notice, Notice.person_id == Person.id)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
        .where(LifecycleCase.ref == ref, Notice.kind == NoticeKind.MOVE_FOLLOWS.value)
    )
    with world.engine.reading() as session:
        return [(each.name, each.role, each.label) for each in session.execute(asked)]


def test_whose_move_it_is_where_an_objection_stands_is_told_once_all_have_answered(
    world: World,
) -> None:
    ref, label = world.programme("consultation"), "Consultation of pivotal countries"
    *others, (last, _given) = NURSES.positions.items()
    for who, (verdict, reason) in others:
        world.answer(ref, "consultation", who, verdict, reason)
    before = told(world, ref)

    world.answer(ref, "consultation", last, "objection", "Who pays for it?")
    after = told(world, ref)
    world.answer(ref, "consultation", last, "objection", "Who pays for the tutors?")

    assert before == []
    assert after == told(world, ref) == [("Elena Petrova", "Director", label)]
    assert world.state(ref) == "consultation"
