from collections.abc import Iterator

import pytest

from tests.support.world import PROPOSAL, World
from tests.workflow.lifecycles.evaluations.evaluated import RESPONSE, asked_for
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.programmes.documents.choices import label_of
from workflow.programmes.documents.drafts import FormPage, SectionProgress, form_page
from workflow.programmes.documents.versions import DocumentPage, document_page
from workflow.programmes.lists import proposals
from workflow.programmes.lists.proposals import MyProposals, my_proposals

REMARKS = {"remarks": [{"section": "objectives", "remark": "Say how many nurses."}]}


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.engine.database.dispose()


def form(
    world: World, ref: str, who: str = "joao.lima", kind: str = "proposal", *, fresh: bool = False
) -> FormPage:
    with world.engine.reading() as session:
        return form_page(session, world.engine, world.person(who), ref, kind=kind, fresh=fresh)


def document(
    world: World,
    ref: str,
    who: str = "joao.lima",
    *,
    kind: str = "proposal",
    version: int | None = None,
) -> DocumentPage:
    with world.engine.reading() as session:
        person = world.person(who)
        return document_page(session, world.engine, person, ref, kind=kind, version=version)


def mine(world: World, who: str) -> MyProposals:
    with world.engine.reading() as session:
        return my_proposals(session, world.engine, world.person(who))


def progress(page: FormPage) -> dict[str, SectionProgress]:
    return {line.section.key: line.progress for line in page.sections}


def returned(world: World) -> str:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Not measurable yet.", REMARKS)
    return ref


def test_a_complete_draft_lacks_nothing_and_may_be_signed(world: World) -> None:
    page = form(world, world.programme("draft"))

    assert set(progress(page).values()) == {SectionProgress.DONE}
    assert page.barred is None
    assert page.signing is not None
    assert (page.signing.round, page.signing.verdict.key) == ("submission", "submit")
    assert (page.signing.role, page.signing.party) == ("submitter", "Mozambique")
    assert (page.signing.gaps, page.signing.barred, page.signing.signed) == ((), (), False)


def test_a_half_written_draft_names_what_each_section_lacks(world: World) -> None:
    ref = world.programme("draft")
    half = {key: PROPOSAL[key] for key in ("title", "framework", "total_cost", "budget")}
    world.file(ref, "proposal", "joao.lima", half)

    page = form(world, ref)

    assert progress(page)["countries"] is SectionProgress.GAPS
    assert progress(page)["budget"] is SectionProgress.DONE
    assert progress(page)["period"] is SectionProgress.EMPTY
    assert page.sections[0].gaps == (
        "Modality", "Participating countries", "Requesting institution",
        "Name and post of the signatory",
    )  # fmt: skip
    assert page.signing is not None
    assert "Proposal, Period: Planned start" in [str(gap.said) for gap in page.signing.gaps]


def test_a_total_that_differs_marks_its_section(world: World) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "total_cost": "390000"})

    page = form(world, ref)

    assert progress(page)["budget"] is SectionProgress.GAPS


def test_the_letter_of_request_stands_beside_the_proposal(world: World) -> None:
    page = form(world, world.programme("draft"))

    assert [kind.key for kind in page.file_kinds] == ["request_letter", "proposal"]
    assert [file.filename for file in page.files] == ["letter-of-request.pdf"]


def test_a_return_comes_with_its_reason_and_remarks(world: World) -> None:
    page = form(world, returned(world))

    (back,) = page.returns
    assert (back.person, back.reason) == ("Jane Okello", "Not measurable yet.")
    assert [(r.section, r.words) for r in back.remarks] == [("objectives", "Say how many nurses.")]


def test_a_return_is_over_once_the_proposal_is_sent_again(world: World) -> None:
    ref = returned(world)
    world.answer(ref, "resubmission", "joao.lima", "submit")

    assert form(world, ref).returns == ()


def test_a_draft_is_nothing_to_strangers_and_open_to_auditors(world: World) -> None:
    ref = world.programme("draft")

    with pytest.raises(NotFound):
        form(world, ref, "leilani.tau")

    assert isinstance(form(world, ref, "marie.laurent").barred, NotAuthorised)
    assert isinstance(form(world, ref, "graca.mabunda").barred, NotAuthorised)


def test_what_was_submitted_is_open_to_read_and_shut_to_writing(world: World) -> None:
    ref = world.programme("screening")

    assert isinstance(form(world, ref).barred, RoundClosed)
    assert isinstance(form(world, ref, "leilani.tau").barred, NotAuthorised)


@pytest.mark.parametrize(
    ("state", "kind", "who", "round_key"),
    [
        ("formulation", "project_document", "kenji.watanabe", "presentation"),
        ("inception", "annual_work_plan", "beatriz.costa", "begin_delivery"),
        ("active", "final_report", "beatriz.costa", "completion"),
        ("operational_closure", "final_financial_statement", "tom.becker", "closure"),
    ],
)
def test_writers_of_every_kind_sign_in_their_own_round(
    world: World, state: str, kind: str, who: str, round_key: str
) -> None:
    page = form(world, world.programme(state), who, kind)

    assert page.barred is None
    assert page.signing is not None
    assert page.signing.round == round_key
    assert page.signing.gaps


def test_a_response_begins_with_a_row_for_each_recommendation_that_it_is_owed_to(
    world: World,
) -> None:
    evaluation = asked_for(world, world.programme("operational_closure"))
    evaluation.terms_set()
    evaluation.taken_on()
    early = form(world, evaluation.ref, "kenji.watanabe", "response").content
    evaluation.reported()
    begun = form(world, evaluation.ref, "kenji.watanabe", "response").content
    evaluation.file("kenji.watanabe", "response", RESPONSE)
    kept = form(world, evaluation.ref, "kenji.watanabe", "response").content

    assert early == {}
    assert begun == {"responses": [{"number": "1"}, {"number": "2"}, {"number": "3"}]}
    assert [row["number"] for row in kept["responses"]] == ["1", "2", "3"]
    assert kept["responses"][0]["action"] == "Extend the contracts"


def test_the_next_report_of_a_series_begins_empty_on_top_of_the_last(world: World) -> None:
    ref = world.programme("active")

    page = form(world, ref, "beatriz.costa", "annual_work_plan", fresh=True)

    assert page.kind.serial
    assert (page.content, page.version) == ({}, 1)


def test_a_revision_cannot_begin_empty(world: World) -> None:
    page = form(world, world.programme("draft"), fresh=True)

    assert page.content == PROPOSAL


def test_a_version_is_shown_beside_the_one_it_revises(world: World) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Nurses at a distance"})

    newest, first = document(world, ref), document(world, ref, version=1)

    assert newest.content["title"] == "Nurses at a distance"
    assert newest.before == PROPOSAL
    assert (first.content, first.before) == (PROPOSAL, None)
    assert [each.version for each in newest.versions] == [2, 1]


@pytest.mark.parametrize("version", [-1, 0, 2])
def test_a_version_that_was_never_filed_is_not_found(world: World, version: int) -> None:
    ref = world.programme("draft")

    with pytest.raises(NotFound):
        document(world, ref, version=version)


def test_an_unknown_kind_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        form(world, world.programme("draft"), kind="poem")


def test_stored_keys_are_told_in_the_words_of_their_vocabulary(world: World) -> None:
    page = form(world, world.programme("draft"))
    fields = {field.key: field for field in page.kind.fields()}

    def said(key: str, value: str) -> str:
        return label_of(fields[key], value, page.offered)

    assert said("executing_agency", "undp") == "United Nations Development Programme"
    assert said("donors", "nor") == "Norway"
    assert said("modality", "triangular") == "Triangular: with a donor as partner"
    assert said("participating_countries", "MOZ") == "Mozambique"
    assert said("sector", "99999") == "99999"


def test_a_submitter_sees_the_proposals_of_the_own_party_alone(world: World) -> None:
    draft, back, sent = world.programme("draft"), returned(world), world.programme("screening")

    listed = mine(world, "joao.lima")

    assert {line.ref for line in listed.writing} == {draft, back}
    assert [line.ref for line in listed.sent] == [sent]
    assert {line.ref: line.missing for line in listed.writing} == {draft: 0, back: 0}
    assert mine(world, "leilani.tau").writing == ()
    assert mine(world, "jane.okello") == MyProposals((), (), ())


def test_however_much_is_on_its_way_what_is_being_written_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MOST_SHOWN", 1)
    draft, _, newest = (world.programme(state) for state in ("draft", "screening", "screening"))

    listed = mine(world, "joao.lima")

    assert ([line.ref for line in listed.writing], listed.more_writing) == ([draft], False)
    assert ([line.ref for line in listed.sent], listed.more_sent) == ([newest], True)
