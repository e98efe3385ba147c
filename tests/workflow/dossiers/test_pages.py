"""The printed page never refuses the package: what no font has stands there by its number."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from tests.support.world import PROPOSAL
from tests.workflow.dossiers.conftest import Handed
from tests.workflow.dossiers.handed import FONTS, ROOT, Log, examined, hand, house, members
from tests.workflow.engine.commands.test_sign import decision
from tests.workflow.free_text.pasted import INVISIBLE, OTHER_SCRIPTS, PASTED, REFUSED
from workflow.audit import canonical
from workflow.audit.models import Event, Opening
from workflow.demo.play import LETTER
from workflow.dossiers import build, pages
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.fonts import prepared
from workflow.dossiers.render import LABELS
from workflow.engine import commands
from workflow.engine.commands import file_document
from workflow.engine.commands.file_document import Filing
from workflow.engine.models import LifecycleCase
from workflow.programmes.commands import save

WRITTEN_IN_FULL = {
    "Arabic": "التعاون فيما بين بلدان الجنوب",
    "Chinese": "南南合作方案",
    "English": "South-South cooperation",
    "French": "Coopération Sud-Sud, œuvre",
    "Russian": "Сотрудничество Юг — Юг",
    "Spanish": "Cooperación Sur-Sur, ¿año?",
    "Thai": "โครงการความร่วมมือใต้-ใต้",
    "Hindi": "दक्षिण-दक्षिण सहयोग",
    "Bengali": "কর্মসূচি",
    "Tamil": "தெற்கு ஒத்துழைப்பு",
    "Telugu": "సహకారం",
    "Gujarati": "સહકાર",
    "Punjabi": "ਸਹਿਯੋਗ",
    "Kannada": "ಸಹಕಾರ",
    "Malayalam": "സഹകരണം",
    "Sinhala": "සහයෝගීතාව",
    "Khmer": "កិច្ចសហប្រតិបត្តិការ",
    "Lao": "ການຮ່ວມມື",
    "Burmese": "ပူးပေါင်းဆောင်ရွက်မှု",
    "Amharic": "የደቡብ-ደቡብ ትብብር",
    "Tibetan": "མཐུན་སྒྲིལ།",
    "Georgian": "თანამშრომლობა",
    "Armenian": "համագործակցություն",
    "Hebrew": "שיתוף פעולה",
    "Vietnamese": "Hợp tác Nam – Nam",
    "Kazakh": "Оңтүстік ынтымақтастығы",
    "emoji": "👍 👩\u200d🏫 ❤️ 🇧🇷",
    "mathematics": "∑ ∫ √ ≤ 𝐀 → ✓ ☐",
}
ODD = (*PASTED, *INVISIBLE, *REFUSED, *OTHER_SCRIPTS, "x\u0e31\u0489 \u0301", "한국어", "\u202e")
ANY_TEXT = st.lists(
    st.one_of(st.characters(codec=None, max_codepoint=0x2FFF), st.sampled_from(ODD)), max_size=12
).map("".join)


def a_page(title: str, reason: str) -> dict[str, Any]:
    """Everything that a page shows of a history with one event."""
    line = {
        "seq": 1, "tone": "done", "at": "1 Jan 2026", "effective": "", "late": False,
        "says": f"Somebody filed “{title}”.", "office": "", "under": [], "texts": [],
        "reason": reason, "gone": "", "hash": "00" * 32,
    }  # fmt: skip
    return {
        "ref": "SSC-2026-001", "title": title, "lifecycle": "", "language": "en",
        "direction": "ltr", "count": 1, "first": "1 Jan 2026", "last": "1 Jan 2026",
        "day": [2026, 1, 1], "holder": title, "bare": False, "checkpoint": None,
        "labels": {name: str(label) for name, label in LABELS.items()}, "lines": [line],
    }  # fmt: skip


def print_of_each(*texts: str) -> pages.PrintOut:
    """A history in print of which each event says one of these texts, with it as its reason."""
    page = a_page("Title", "")
    (line,) = page["lines"]
    page["lines"] = [
        {**line, "seq": seq, "says": words, "reason": f"a{words}b"}
        for seq, words in enumerate(texts, 1)
    ]
    return pages.printed(page, fonts(), remark)


def print_out(title: str, reason: str = "Because.") -> pages.PrintOut:
    """The page in print."""
    return pages.printed(a_page(title, reason), fonts(), remark)


def fonts() -> Path:
    """The fonts of this working copy."""
    return prepared(ROOT / "node_modules", FONTS)


def remark(replaced: Mapping[str, int]) -> str:
    """What the page says of what was replaced."""
    return f"{sum(replaced.values())} characters"


def test_what_people_write_is_printed_as_it_is_side_by_side() -> None:
    made = print_of_each(*WRITTEN_IN_FULL.values())

    assert made.body is not None
    assert made.replaced == {}


@pytest.mark.proof(sample=4)
@pytest.mark.parametrize("script", WRITTEN_IN_FULL)
def test_what_people_write_is_printed_as_it_is(script: str) -> None:
    made = print_out(WRITTEN_IN_FULL[script], WRITTEN_IN_FULL[script])

    assert made.body is not None
    assert made.replaced == {}


@pytest.mark.proof(sample=6)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.proof(apart=True)
def test_whatever_stands_in_an_old_history_is_printed_somehow(odd: str) -> None:
    made = print_out(odd, f"a{odd}b")

    assert made.body is not None
    assert made.body.startswith(b"%PDF")


def test_whatever_stands_in_one_history_together_is_printed_somehow() -> None:
    made = print_of_each(*ODD)

    assert made.body is not None
    assert made.body.startswith(b"%PDF")


def test_what_no_font_has_is_counted_by_its_character() -> None:
    made = print_out("Title", "\x00 \ue000\ue000")

    assert made.replaced == {"\x00": 1, "\ue000": 2}


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_at_all_can_be_printed(title: str, reason: str) -> None:
    made = print_out(title, reason)

    assert made.body is not None


def test_letters_that_fonts_set_apart_only_are_printed_by_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Typesetting that refuses everything but the plainest letters stands for whatever it may refuse."""
    real = pages.typst.compile

    def refuses(*given: object, **named: dict[str, str]) -> bytes:
        if "ก" in named["sys_inputs"]["page"]:
            raise pages.typst.TypstError("the text could not be displayed")
        return bytes(real(*given, **named))

    monkeypatch.setattr(pages.typst, "compile", refuses)
    made = print_out("Kor kai: ก")

    assert made.body is not None
    assert made.replaced == {"ก": 3}


def test_a_history_that_cannot_be_typeset_is_handed_over_without_its_print(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_given: object, **_named: object) -> bytes:
        raise pages.typst.TypstError("out of memory")

    monkeypatch.setattr(pages.typst, "compile", refuses)
    zipped = BytesIO()
    wish = DossierRequest(handed.ref, None)
    built = build.build(handed.world.engine, wish, handed.house, zipped)
    with ZipFile(zipped) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}

    about = canonical.parse(found["dossier.json"])
    assert "history.pdf" not in found
    assert "history.pdf" not in about["derived"]
    assert about["left_out"] == {"history.pdf": build.LEFT_OUT}
    assert b"history.pdf is left out" in found["README.txt"]
    assert b"There is no history.pdf" in found["history.html"]
    assert built.unprinted is None


def test_a_history_written_before_texts_were_cleaned_is_handed_over(
    log: Log, tmp_path: Path
) -> None:
    world, ref = log.world, log.world.programme("consultation")
    with world.engine.transaction() as session:
        session.execute(
            update(LifecycleCase)
            .where(LifecycleCase.ref == ref)
            .values(title="Water for all\u202e devorppA 泰国 \ue000 한")
        )
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("drop trigger if exists opening_no_update"))
        reasons = select(Opening.event_id).join(Event).where(Opening.field == "reason")
        session.execute(
            update(Opening)
            .where(Opening.event_id.in_(reasons), Opening.field == "reason")
            .values(value="\x1b\x07\ufffe 泰国 👍")
        )
    log.state_heads()
    dossier = tmp_path / "old.zip"
    hand(world, DossierRequest(ref, None), dossier, house(tmp_path, log))

    found = members(dossier)
    about = canonical.parse(found["dossier.json"])
    assert found["history.pdf"].startswith(b"%PDF")
    assert {"U+202E", "U+E000", "U+D55C"} <= about["unprinted"].keys()
    for name in ("README.txt", "history.html"):
        assert "characters could not be printed: " in found[name].decode()


@pytest.mark.proof(sample=2)
@pytest.mark.parametrize("words", OTHER_SCRIPTS)
def test_a_title_a_reason_and_a_file_name_of_any_script_are_handed_over(
    log: Log, tmp_path: Path, words: str
) -> None:
    world, ref = log.world, log.world.programme("screening")
    wish = decision(world, ref, "screening", "return", reason=words)
    commands.sign(world.engine, world.person("jane.okello"), wish)
    of, joao = house(tmp_path, log), world.person("joao.lima")
    of.files.keep("letter-of-request.pdf", BytesIO(LETTER))
    file = of.files.keep(f"{words}.txt", BytesIO(b"Dear colleagues"))
    file_document.attach(world.engine, joao, ref, "request_letter", file)
    save(world.engine, joao, Filing(ref, "proposal", PROPOSAL | {"title": words}, 1))
    log.state_heads()
    dossier = tmp_path / "dossier.zip"

    built = hand(world, DossierRequest(ref, None), dossier, of)

    policy = tmp_path / "policy.txt"
    policy.write_text(log.policy)
    assert built.unprinted == 0
    assert members(dossier)["history.pdf"].startswith(b"%PDF")
    assert examined(dossier, policy).faults == []
