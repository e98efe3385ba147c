"""What pivotal countries are and said, as the register's history says it."""

from datetime import date

from tests.support.world import World
from workflow import history
from workflow.history.filters import HistoryFilters
from workflow.people.parties import known_party
from workflow.people.pivotal.interests import ask_interest, decline_interest
from workflow.people.pivotal.statuses import end_pivotal
from workflow.vocabulary import REGISTER

ASKED, ANSWERED = date(2026, 2, 1), date(2026, 2, 9)


def test_each_act_is_a_sentence_with_who_entered_it(world: World) -> None:
    by, now = world.person("naledi.khumalo"), world.clock()
    with world.engine.transaction() as session:
        india = known_party(session, "ind")
        for area, answer in (("trade", "later"), ("agriculture", "declines")):
            ask_interest(session, india, area, ASKED, by=by, now=now)
            decline_interest(session, india, area, answer, ANSWERED, "A note.", by=by, now=now)
        end_pivotal(session, india, ANSWERED, "A letter.", by=by, now=now)

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"), now=now,
            filters=HistoryFilters(),
        )[-5:]  # fmt: skip

    assert [str(line.says) for line in told] == [
        "India was asked on 2026-02-01 whether it wants to lead in Trade",
        "India answered on 2026-02-09 that it may lead in Trade later",
        "India was asked on 2026-02-01 whether it wants to lead in Agriculture, food and rural development",
        "India answered on 2026-02-09 that it does not lead in Agriculture, food and rural development",
        "India, a pivotal country since 2003-11-01, ceases to be one after 2026-02-09",
    ]
    assert {str(line.under[0]) for line in told} == {"entered by Naledi Khumalo"}
    assert [line.reason for line in told[1::2]] == ["A note.", "A note."]
    assert told[-1].reason == "A letter."
