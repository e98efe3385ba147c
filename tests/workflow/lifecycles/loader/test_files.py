import json
from pathlib import Path
from time import process_time

import pytest

from tests.workflow.engine.lifecycles import (
    RAW,
    STANDARD,
    Edit,
    drop,
    edited,
    faults_in,
    faults_of,
    put,
    rename,
    written,
)
from tests.workflow.lifecycles.broken.lifecycles import BROKEN
from workflow.errors import FaultyFile
from workflow.lifecycles.definition import Definition, Opens, Target
from workflow.lifecycles.loader.files import from_body, load_file
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.seat import Part
from workflow.lifecycles.terms import Within
from workflow.vocabulary import Stage


@pytest.mark.parametrize(("edit", "place", "words"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named_with_its_place_and_what_was_expected(edit: Edit, place: str, words: str):
    faults = faults_of(edited(edit))

    expected = f"{STANDARD.name}: {place}"
    told = [str(fault.problem) for fault in faults if str(fault.place) == expected]
    assert any(words in problem for problem in told), "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("edits", "private"),
    [
        ((), {"draft"}),
        ((put("states/draft/private", False),), set()),
        ((put("states/withdrawn/private", True),), {"draft", "withdrawn"}),
        ((put("states/draft/private", "yes"),), None),
    ],
)
def test_the_first_state_is_private_where_the_file_does_not_say(
    tmp_path: Path, edits: tuple[Edit, ...], private: set[str] | None
) -> None:
    path = written(tmp_path, edited(*edits))

    states = load_file(path).states if private is not None else {}

    assert {key for key, state in states.items() if state.private} == (private or set())
    assert bool(faults_in(path)) is (private is None)


def test_what_is_private_by_default_leaves_the_digest_as_it_was() -> None:
    published = load_file(STANDARD)

    assert from_body(published.body).states["draft"].private
    assert b"private" not in published.body


def test_every_fault_is_found_in_one_run(tmp_path: Path):
    wrong = edited(
        put("states/draft/stage", "concept"),
        drop("rules/lead_group_acceptance/threshold"),
        rename("rounds/screening/asks", "ask"),
    )

    with pytest.raises(FaultyFile, match="it has 4 faults") as refused:
        load_file(written(tmp_path, wrong))

    told = [
        (str(fault.place).rpartition(" ")[2], str(fault.problem)) for fault in refused.value.faults
    ]
    assert told == [
        (
            "rules.lead_group_acceptance.threshold",
            "is missing; a rule of kind 'threshold' needs it",
        ),
        (
            "states.draft.stage",
            f"names 'concept', which is no stage; expected one of: {', '.join(Stage)}",
        ),
        ("rounds.screening.asks", "is missing; a text is expected"),
        ("rounds.screening.ask", "is not known here; did you mean 'asks'?"),
    ]


@pytest.mark.parametrize(
    ("broken", "place", "words"),
    [
        (b'key = "a"\ntitle = \n', "line 2, column 9", "is not TOML"),
        (b'key = "a"\nkey = "b"\n', "line 2, column 10", "Cannot overwrite"),
        (b'key = "a', "end of document", "is not TOML"),
        (b'key = "\xe9"', "byte 8", "is not UTF-8 text"),
    ],
)
def test_what_is_not_toml_is_told_with_line_and_column(
    tmp_path: Path, broken: bytes, place: str, words: str
):
    path = tmp_path / "broken.toml"
    path.write_bytes(broken)

    (fault,) = faults_in(path)

    assert str(fault.place) == f"broken.toml: {place}"
    assert words in str(fault.problem)


def test_a_missing_file_is_refused(tmp_path: Path):
    (fault,) = faults_in(tmp_path / "nowhere.toml")

    assert str(fault) == "nowhere.toml: there is no such file"


def test_a_folder_is_no_file(tmp_path: Path):
    (fault,) = faults_in(tmp_path)

    assert "cannot be read" in str(fault.problem)


def test_the_tables_of_a_file_are_refused_as_the_file_is(tmp_path: Path) -> None:
    raw = edited(drop("key"), put("rounds/screening/asks", "Is it\u202e sound?"))

    faults = faults_of(raw)

    assert len(faults) == 2
    assert faults == faults_in(written(tmp_path, raw))


def test_an_empty_file_lacks_everything(tmp_path: Path):
    (tmp_path / "empty.toml").touch()

    places = {str(fault.place) for fault in faults_in(tmp_path / "empty.toml")}

    assert {f"empty.toml: {key}" for key in RAW if key != "children"} == places


@pytest.fixture(scope="module")
def standard():
    return load_file(STANDARD)


def test_the_order_of_the_file_is_kept(standard: Definition):
    assert list(standard.states) == list(RAW["states"])
    assert list(standard.rounds) == list(RAW["rounds"])
    assert [list(spec.rule.verdicts) for spec in standard.rounds.values()] == [
        list(RAW["rules"][spec.rule.key]["verdicts"]) for spec in standard.rounds.values()
    ]


def test_what_was_published_reads_as_what_was_loaded(standard: Definition):
    again = from_body(standard.body)

    assert again == standard
    assert again.digest == standard.digest
    assert list(again.rounds) == list(standard.rounds)
    assert list(again.rounds["decision"].outcomes) == list(standard.rounds["decision"].outcomes)


def test_the_body_holds_the_whole_file(standard: Definition):
    body = json.loads(standard.body)

    assert body["key"] == "programme-standard"
    assert dict(body["rounds"])["screening"]["asks"] == "screen the proposal"


@pytest.mark.parametrize(
    "edit",
    [
        put("rounds/screening/within/amount", 16),
        put("rules/screening_check/words", "Somebody decides."),
        put("documents/proposal/sections/0/hint", "Something."),
        put(
            "rules/screening_check/verdicts",
            dict(reversed(RAW["rules"]["screening_check"]["verdicts"].items())),
        ),
    ],
    ids=["a deadline", "a sentence", "a hint", "an order"],
)
def test_any_change_gives_another_digest(tmp_path: Path, standard: Definition, edit: Edit):
    changed = load_file(written(tmp_path, edited(edit)))

    assert changed.digest != standard.digest


def test_layout_and_comments_leave_the_digest_alone(tmp_path: Path, standard: Definition):
    same = load_file(written(tmp_path, RAW))

    assert same.digest == standard.digest
    assert same == standard


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Is it\u202e sound?", "No text may hold U+202E, RIGHT-TO-LEFT OVERRIDE, at “Is it”"),
        ("Is it\x00 sound?", "No text may hold U+0000, NULL, at “Is it”"),
        (
            "\u2067Is it sound?",
            "U+2067, RIGHT-TO-LEFT ISOLATE, at “Is it sound?”, lacks its other half",
        ),
        ("\u200b", "is empty; a text is expected"),
    ],
)
def test_a_text_that_none_may_be_is_named_with_its_place(tmp_path: Path, text: str, says: str):
    path = written(tmp_path, edited(put("rounds/screening/asks", text)))

    (fault,) = faults_in(path)

    assert str(fault.place).endswith(": rounds.screening.asks")
    assert says in str(fault.problem)


def test_a_text_that_was_pasted_keeps_its_words_apart(tmp_path: Path):
    pasted = "Is it\vsound, South\x1eSouth?"

    read = load_file(written(tmp_path, edited(put("rounds/screening/asks", pasted))))

    assert read.rounds["screening"].asks == "Is it\nsound, South-South?"


def test_what_was_published_before_texts_were_cleaned_is_read_as_it_is(standard: Definition):
    asks = standard.rounds["screening"].asks
    old = f"\u202e{asks}"
    body = standard.body.replace(asks.encode(), old.encode(), 1)

    assert from_body(body).rounds["screening"].asks == old


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"rounds":7}', b'{"a": 1}', b"\xff"])
def test_damaged_bytes_are_refused(body: bytes):
    with pytest.raises(FaultyFile, match="cannot be taken"):
        from_body(body)


def test_published_bytes_with_a_fault_are_refused(standard: Definition):
    body = standard.body.replace(b'"subject":"programme"', b'"subject":"Programme"')

    with pytest.raises(FaultyFile, match="one fault"):
        from_body(body)


def test_what_the_file_leaves_out_has_a_plain_meaning(standard: Definition):
    rule = standard.rounds["consultation"].rule
    lead = rule.verdicts["lead"]

    assert (lead.outcome, lead.reason_required, lead.part, lead.needs) == (
        "",
        False,
        Part.DECIDES,
        (),
    )
    assert (rule.threshold, rule.categories) == (0, ())
    assert (rule.quorum_share, rule.quorum_least) == (0.5, 2)


def test_a_round_is_read_whole(standard: Definition):
    screening, lead = standard.rounds["screening"], standard.rounds["lead_acceptance"]

    assert (screening.opens, screening.within) == (Opens.ON_ENTRY, Within(15, "working days"))
    assert screening.outcomes["return"] == Target("returned")
    assert screening.rule.kind is RuleKind.SINGLE
    assert screening.rule.verdicts["reject"].stance is Stance.AGAINST
    assert lead.outcomes["reached"] == Target(None, ("lead_confirmation",))
    assert lead.appoints[0].capacity == "lead"
    assert standard.rounds["suspension"].outcomes["keep"] == Target(None, ())
    assert standard.states["draft"].stage is Stage.PROPOSAL


def test_a_definition_cannot_be_changed(standard: Definition):
    with pytest.raises(TypeError):
        standard.states["draft"] = standard.states["closed"]


EXCESSIVE = {
    "lists in lists": ("a = " + "[" * 50_000, "is nested too deeply"),
    "lists that end": ("a = " + "[" * 60 + "]" * 60, "is nested too deeply"),
    "tables in tables": ("a = " + "{a = " * 20_000, "is nested too deeply"),
    "a key of many parts": ("a." * 100_000 + "a = 1", "is nested too deeply"),
    "a table of many parts": ("[" + "a . " * 100_000 + "a]", "is nested too deeply"),
    "a long number": ("a = " + "1" * 5_000, "holds a number that is too large"),
    "a number in hexadecimal": ("a = 0x" + "f" * 20_000, "a: is a number that is too large"),
    "a long list": ("a = [" + "1," * 1_001 + "]", "a: holds more than 1000 entries"),
    "many keys": ("\n".join(f"a{n} = 1" for n in range(20_000)), "holds more than 1000 entries"),
    "a long file": ("# " + "x" * 600_000, "is longer than 500000 characters"),
}


@pytest.mark.parametrize("text", EXCESSIVE.values(), ids=EXCESSIVE)
def test_what_is_larger_than_any_lifecycle_is_refused_at_once(
    tmp_path: Path, text: tuple[str, str]
):
    path, began = tmp_path / "bomb.toml", process_time()
    path.write_text(text[0], encoding="utf-8")

    with pytest.raises(FaultyFile) as refused:
        load_file(path)

    assert process_time() - began < 3
    assert text[1] in str(refused.value.faults[0])


def test_of_very_many_faults_some_are_told(tmp_path: Path):
    unknown = "\n".join(f"a{number} = 1" for number in range(900))
    text = "".join(f"[roles.r{number}]\n{unknown}\n" for number in range(40))
    path, began = tmp_path / "many.toml", process_time()
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FaultyFile) as refused:
        load_file(path)

    assert process_time() - began < 5
    assert len(refused.value.faults) == 500
