from tests.support.visitors import Enter, words
from tests.support.world import PROPOSAL, World


def address(ref: str, kind: str = "proposal") -> str:
    return f"/programmes/{ref}/documents/{kind}"


def test_the_newest_version_is_shown_with_what_changed(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Distance courses for nurses"})

    page = enter("joao.lima").page(address(ref))

    assert "with what changed since version 1" in page
    assert "<del>learning </del>" in page
    assert "<ins>courses </ins>" in page
    assert "letter-of-request.pdf" in page


def test_an_older_version_can_be_asked_for(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Distance courses for nurses"})

    page = enter("joao.lima").page(f"{address(ref)}?version=1")

    assert "<ins>" not in page
    assert "<del>" not in page


def test_a_version_that_makes_no_sense_is_not_found(world: World, enter: Enter) -> None:
    ref, reader = world.programme("draft"), enter("joao.lima")

    answers = [
        reader.get(f"{address(ref)}?version={v}") for v in ("9", "0", "-1", "x", "²", "9" * 99)
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_keys_are_shown_in_words(world: World, enter: Enter) -> None:
    ref = world.programme("draft")

    page = enter("joao.lima").page(address(ref))

    for said in (
        "Mozambique", "United Nations Development Programme", "HIV and AIDS", "385,000",
        "1 January 2027", "South-South: two or more developing countries",
    ):  # fmt: skip
        assert said in page


def test_readers_are_told_why_they_cannot_write(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(address(ref))

    assert "Why can I not change this?" in page
    assert "The proposal is not yours to write." in page
    assert "Go on writing" not in page


def test_a_document_that_nobody_filed_yet_says_so(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("joao.lima").page(address(ref, "project_document"))

    assert "Nothing is filed yet" in page


def test_a_kind_of_files_alone_lists_them(world: World, enter: Enter) -> None:
    ref = world.programme("draft")

    page = enter("joao.lima").page(address(ref, "request_letter"))

    assert "letter-of-request.pdf" in page


def test_a_report_of_a_series_is_not_compared_and_leads_to_the_next(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    world.file(ref, "annual_work_plan", "beatriz.costa", {"year": "2028"})

    page = enter("beatriz.costa").page(address(ref, "annual_work_plan"))

    assert "New report" in page
    assert "<del>" not in page


def test_a_page_escapes_what_people_wrote(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "<script>alert(1)</script>"})

    raw = enter("joao.lima").get(address(ref)).get_data(as_text=True)

    assert "<script>alert" not in raw
    assert "script&gt;" in raw


def test_an_unknown_programme_or_kind_is_not_found(world: World, enter: Enter) -> None:
    ref, reader = world.programme("draft"), enter("joao.lima")

    unknown = [reader.get(address("SSC-1999-001")), reader.get(address(ref, "poem"))]

    assert [answer.status_code for answer in unknown] == [404, 404]
    assert "SSC-1999-001" in words(unknown[0])
