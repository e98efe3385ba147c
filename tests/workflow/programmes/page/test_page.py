import pytest

from tests.support.world import NURSES, World
from tests.workflow.programmes.samples import a_file
from workflow.errors import NotFound
from workflow.history.stays import Stay
from workflow.programmes.imports.run import import_programmes, read_content
from workflow.programmes.page.page import ProgrammePage, programme_page
from workflow.programmes.page.stages import StageProgress, stage_marks

BRAZIL, OFFICER, DIRECTOR, SUBMITTER = "paulo.sa", "jane.okello", "elena.petrova", "joao.lima"


def look(world: World, ref: str, who: str = OFFICER) -> ProgrammePage:
    with world.engine.reading() as session:
        return programme_page(session, world.engine, ref, world.person(who), world.engine.now())


def progress(page: ProgrammePage) -> list[StageProgress]:
    return [mark.progress for mark in page.stages]


def test_the_page_says_who_still_owes_an_answer(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "lead")

    page = look(world, ref)

    (move,) = page.moves
    assert move.parties == ("Brazil", "Malaysia", "Thailand")
    assert (move.answered, move.asked) == (1, 4)
    assert move.if_silent == "Counts as no position; the round is settled without you."
    assert (page.stages[1].answered, page.stages[1].asked) == (1, 4)


def test_an_open_round_shows_each_seat_with_its_position_and_why_it_was_invited(
    world: World,
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", BRAZIL, "support_with_comments", "Use open licences.")

    (consultation,) = look(world, ref).open_rounds

    seats = {seat.party: seat for seat in consultation.seats}
    assert seats["Brazil"].verdict == "Supports, with comments"
    assert (seats["Brazil"].person, seats["Brazil"].reason) == ("Paulo Sá", "Use open licences.")
    assert seats["India"].because == "registered interest: hiv-aids"
    assert (seats["India"].verdict, seats["India"].status) == ("", "open")
    assert consultation.answered == 1


def test_the_one_thing_to_do_is_the_seat_that_waits_for_the_person(world: World) -> None:
    ref = world.programme("consultation")

    asked, stranger = look(world, ref, BRAZIL), look(world, ref)

    assert asked.first is not None
    assert (asked.first.round_key, asked.first.party) == ("consultation", "Brazil")
    assert stranger.first is None


def test_an_answer_given_is_no_longer_the_thing_to_do_but_may_be_changed(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", BRAZIL, "support")

    page = look(world, ref, BRAZIL)

    assert page.first is None
    assert [(each.round_key, each.answered) for each in page.others] == [
        ("consultation", "Supports")
    ]


def test_what_the_person_may_not_do_says_why_and_who_can(world: World) -> None:
    ref = world.programme("consultation")

    barred = {each.label: each for each in look(world, ref).may_not}

    position = barred["Consultation of pivotal countries"]
    assert ("Brazil", ("Paulo Sá",)) in position.who_can
    assert any("Focal point of Brazil" in str(reason) for reason in position.reasons)
    assert not position.alone
    assert barred["Withdrawal"].who_can == (("Mozambique", ("João Lima",)),)
    assert barred["Withdrawal"].alone


def test_somebody_barred_by_an_earlier_act_is_told_that_reason(world: World) -> None:
    ref = world.programme("screening")

    barred = {each.label: each for each in look(world, ref, SUBMITTER).may_not}

    assert barred["Screening"].who_can == (
        ("Special Unit for South-South Cooperation", ("Jane Okello", "Ravi Chand")),
    )


def test_stages_are_done_current_or_not_reached(world: World) -> None:
    ref = world.programme("decision")

    page = look(world, ref)

    done, now, ahead = StageProgress.DONE, StageProgress.NOW, StageProgress.AHEAD
    assert progress(page) == [done, done, now, ahead, ahead]
    assert page.stages[0].at is not None


def test_a_programme_sent_back_has_not_reached_what_it_left(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", BRAZIL, "objection", "Not as written.")
    for who in ("priya.menon", "somchai.chaiyasit", "aisyah.rahman"):
        world.answer(ref, "consultation", who, "no_position")
    world.answer(ref, "consultation_closing", DIRECTOR, "fails", "Brazil objects.")

    page = look(world, ref)

    assert page.state.key == "returned"
    assert progress(page)[:2] == [StageProgress.NOW, StageProgress.AHEAD]


def test_a_programme_that_was_refused_ended_in_its_stage(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", OFFICER, "reject", "It concerns one country only.")

    page = look(world, ref)

    assert page.stages[0].progress is StageProgress.ENDED
    assert page.stages[0].state is not None
    assert page.stages[0].state.label == "Not approved"
    assert progress(page)[1:] == [StageProgress.AHEAD] * 4
    assert page.moves == ()


@pytest.mark.parametrize(
    ("stood", "before"),
    [
        (("draft", "consultation", "decision"), StageProgress.DONE),
        (("decision",), StageProgress.BEFORE),
    ],
)
def test_a_programme_that_ended_went_through_the_stages_before(
    world: World, stood: tuple[str, ...], before: StageProgress
) -> None:
    _, definition = world.engine.published("programme-standard")
    stays = [Stay(state, world.engine.now(), None) for state in (*stood, "rejected")]

    marks = stage_marks(definition, "rejected", stays, ())

    ended, ahead = StageProgress.ENDED, StageProgress.AHEAD
    assert [mark.progress for mark in marks] == [before, before, ended, ahead, ahead]


def test_a_programme_that_closed_has_done_every_stage(world: World) -> None:
    page = look(world, world.programme("closed"))

    assert progress(page) == [StageProgress.DONE] * 5
    assert page.prospect.ways == ()
    assert {paper.kind for paper in page.papers} >= {"proposal", "final_report"}
    assert [each.label for each in page.ended_rounds[:2]] == [
        "Waiver of the evaluation", "Financial closure",
    ]  # fmt: skip


def test_facts_name_everyone_who_takes_part(world: World) -> None:
    facts = look(world, world.programme("formulation")).facts

    assert facts.parties["proposer"] == ("Mozambique",)
    assert facts.parties["lead"] == ("India", "Thailand")
    assert facts.parties["convenor"] == ("India",)
    assert facts.modality == "South-South"
    assert [(goal.scheme, goal.number) for goal in facts.goals] == [("sdg", 3), ("sdg", 17)]
    assert (facts.starts, facts.ends) == ("2027-01-01", "2028-06-30")


def test_what_the_next_step_lacks_is_named_with_who_may_write_it(world: World) -> None:
    ref = world.programme("formulation")

    for_others, for_the_agency = look(world, ref).lacking, look(world, ref, NURSES.agency).lacking

    (document,) = for_others
    assert (document.kind, list(map(str, document.gaps))) == ("project_document", ["not filed yet"])
    assert not document.writable
    assert document.writers == (("Executing agency", "United Nations Development Programme"),)
    assert for_the_agency[0].writable


def test_an_initiative_stands_among_what_one_may_do_besides(world: World) -> None:
    ref = world.programme("active")

    page = look(world, ref, DIRECTOR)

    assert {each.round_key for each in page.others} == {"suspension", "cancellation"}
    assert "withdrawal" in page.one_acts
    assert "suspension" not in page.one_acts


def test_a_draft_is_not_there_for_others(world: World) -> None:
    ref = world.programme("draft")

    assert look(world, ref, SUBMITTER).state.key == "draft"
    assert look(world, ref, "marie.laurent").state.key == "draft"
    with pytest.raises(NotFound):
        look(world, ref)


@pytest.mark.parametrize("ref", ["SSC-1999-001", "REGISTER", "", "%"])
def test_what_is_no_programme_is_not_there(world: World, ref: str) -> None:
    with pytest.raises(NotFound):
        look(world, ref, "marie.laurent")


def test_an_imported_programme_says_where_it_comes_from_and_that_nothing_is_recorded(
    world: World,
) -> None:
    definition_id, definition = world.engine.published("programme-standard")
    states = {key: state.stage.value for key, state in definition.states.items()}
    with world.engine.transaction() as session:
        import_programmes(
            session, read_content("programmes.csv", a_file({})), now=world.engine.now(),
            opener=None, definition_id=definition_id, states=states,
        )  # fmt: skip

    page = look(world, "SSC-T1")

    assert page.facts.imported is not None
    assert (page.facts.imported.source, page.facts.imported.confidence) == ("Fund pages", "high")
    assert progress(page) == [StageProgress.BEFORE] * 5
    assert (page.moves, page.open_rounds, page.papers) == ((), (), ())


def test_what_a_timer_holds_is_nobodys_move(world: World) -> None:
    page = look(world, world.programme("signature"))

    assert [move.round_key for move in page.moves] == ["signing"]
    assert [each.key for each in page.open_rounds] == ["signing"]
