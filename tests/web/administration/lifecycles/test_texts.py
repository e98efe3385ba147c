"""Texts of a version in other languages in the browser: how far they go, a file to fill in, one entered."""

from io import BytesIO

from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.publication.register import done, page, publishing
from tests.workflow.publication.test_texts import covered, standard
from workflow.lifecycles.texts.files import file_of
from workflow.lifecycles.texts.translation import english_of

NALEDI, PIETER = "naledi.khumalo", "pieter.vos"
OF = "/office/lifecycles/of/programme-standard"


def here(world: World) -> str:
    return f"{OF}/versions/{standard(world).mark}/texts"


def filled(world: World, **texts: str) -> BytesIO:
    made = file_of(standard(world), "fr", {"states.draft.label": "Brouillon"} | texts)
    return BytesIO(made.encode())


def sent(world: World, enter: Enter, file: BytesIO, why: str = "For Mozambique."):
    given = {"file": (file, "fr.toml"), "why": why}
    return enter(NALEDI).post(here(world), given, page=here(world))


def test_a_file_is_filled_in_and_entered(world: World, enter: Enter) -> None:
    every = len(english_of(standard(world)))
    before = enter(NALEDI).page(here(world))

    file = enter(NALEDI).get(f"{here(world)}/fr/file")
    answer = sent(world, enter, filled(world))
    where = answer.headers["Location"]
    waits = enter(PIETER).page(where)
    confirmed = enter(PIETER).post(f"{where}/confirmation", {}, page=where)

    assert before.count(f"0 of {every:,}") == 5
    assert file.headers["Content-Disposition"].endswith(".fr.toml")
    assert file.text.count(" en = ") == every
    assert (answer.status_code, confirmed.status_code) == (303, 303)
    assert "are to be entered in French, asked for by Naledi Khumalo" in waits
    assert ">Brouillon</td>" in waits
    assert '"draft.label" = { en = "Draft", fr = "Brouillon" }' in words(
        enter(NALEDI).get(f"{here(world)}/fr/file")
    )
    after = enter(NALEDI).page(here(world))
    assert f"1 of {every:,}" in after
    assert "For Mozambique." in after
    assert "asked for by Naledi Khumalo" in after


def test_the_page_of_the_register_leads_to_each_version(world: World, enter: Enter) -> None:
    done(world, publishing())

    shown = enter(NALEDI).page(OF)

    for each in page(world).versions:
        assert f'href="{OF}/versions/{each.mark}/texts"' in shown


def test_a_faulty_file_is_told_with_each_fault_and_nothing_is_entered(
    world: World, enter: Enter
) -> None:
    text = filled(world).read().decode().replace('en = "Draft"', 'en = "Sketch"')

    answer = sent(world, enter, BytesIO(text.encode()))

    assert answer.status_code == 422
    assert "was made from “Sketch”" in words(answer)
    assert "For Mozambique." in words(answer)
    assert covered(world, standard(world))["fr"].there == 0


def test_no_file_no_text_and_no_reason_are_refused(world: World, enter: Enter) -> None:
    bare = enter(NALEDI).post(here(world), {"why": "Why."}, page=here(world))
    binary = sent(world, enter, BytesIO(b"\xff\xfe\x00"))
    silent = sent(world, enter, filled(world), "")
    broken = sent(world, enter, BytesIO(b"language = "))

    assert [each.status_code for each in (bare, binary, silent, broken)] == [422] * 4
    assert "Choose a file." in words(bare)
    assert "no text in UTF-8" in words(binary)
    assert "Say why." in words(silent)
    assert "is not TOML" in words(broken)
    assert covered(world, standard(world))["fr"].there == 0


def test_whoever_is_no_administrator_is_refused_and_a_language_of_ours_alone_is_written(
    world: World, enter: Enter
) -> None:
    assert enter("jane.okello").get(here(world)).status_code == 403
    assert enter("jane.okello").get(f"{here(world)}/fr/file").status_code == 403
    assert enter(NALEDI).get(f"{here(world)}/en/file").status_code == 404
    assert enter(NALEDI).get(f"{OF}/versions/0123456789ab/texts").status_code == 404
