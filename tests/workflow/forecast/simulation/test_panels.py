from tests.workflow.forecast.lifecycles import shipped
from workflow.forecast.simulation.assumptions import assumptions
from workflow.forecast.simulation.observations import AskedAs, Observations
from workflow.forecast.simulation.panels import AskedParty, invented, seated
from workflow.lifecycles.seat import Part

EMERGENCY = shipped("emergency")
BOARD = (
    AskedParty(1, "ind", "India"),
    AskedParty(2, "bra", "Brazil"),
    AskedParty(3, "zaf", "South Africa"),
)


def test_every_party_that_a_word_names_has_a_seat() -> None:
    seating = seated(EMERGENCY.rounds["at_meeting"], {"board": BOARD})

    assert [seat.name for seat in seating.seats] == ["India", "Brazil", "South Africa"]
    assert set(seating.roles) == {"board_member"}


def test_the_rule_itself_reads_what_was_answered() -> None:
    seating = seated(EMERGENCY.rounds["at_meeting"], {"board": BOARD})

    assert seating.outcome(["yes", "yes", "yes"], due_passed=False) == "carried"
    assert seating.outcome(["no", "no", "no"], due_passed=False) == "not_carried"
    assert seating.outcome(["yes", "", ""], due_passed=False) is None
    assert seating.outcome(["", "", ""], due_passed=True) == "not_carried"


def test_as_many_are_invented_as_cases_were_seen_to_ask() -> None:
    asked = AskedAs("at_meeting", "board_member", Part.DECIDES)
    seen = Observations(sizes={asked: (7, 7, 6, 7, 8)})

    usual = invented(EMERGENCY, assumptions(EMERGENCY))
    learnt = invented(EMERGENCY, assumptions(EMERGENCY, seen))

    assert (len(usual["board"]), len(learnt["board"])) == (4, 7)
    assert len({place.party for group in learnt.values() for place in group}) == sum(
        map(len, learnt.values())
    )
