"""What a lifecycle asks of the house is said when it is checked and when it is published."""

from pathlib import Path

import pytest

from tests.web.cli.conftest import PUBLISHED, STANDARD, PrimeMover
from tests.workflow.engine.lifecycles import edited, put, written
from workflow.demo.house import BESIDE

WARNING = (
    "programme-standard.toml: warning: rules.officer_reports_consultation.never: needs at least two people as "
    "unit_officer of office:special-unit: whoever answered 'screening' may not answer "
    "'reporting_the_consultation'\n"
)


@pytest.fixture
def demanding(tmp_path: Path) -> Path:
    """A lifecycle under which one officer alone could report on no consultation."""
    never = ["author", "signed:screening"]
    return written(tmp_path, edited(put("rules/officer_reports_consultation/never", never)))


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_a_demanding_lifecycle_is_taken_with_a_warning(
    primemover: PrimeMover, demanding: Path, verb: str
) -> None:
    said = primemover("lifecycle", verb, *BESIDE, demanding)

    assert (said.exit_code, said.stderr) == (0, WARNING)


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_the_standard_lifecycle_needs_no_warning(primemover: PrimeMover, verb: str) -> None:
    said = primemover("lifecycle", verb, *PUBLISHED)

    assert (said.exit_code, said.stderr) == (0, "")


EMERGENCY = STANDARD.parent / "emergency.toml"


def test_what_programmes_need_is_asked_of_a_file(primemover: PrimeMover, tmp_path: Path) -> None:
    open_draft = written(tmp_path, edited(put("states/draft/private", False)))

    said = primemover("lifecycle", "check", *BESIDE, open_draft)

    assert said.exit_code == 1
    assert "states.draft.private: is false; a draft is its party's alone" in said.stderr
    assert primemover("lifecycle", "publish", *BESIDE, open_draft).exit_code == 1


def test_files_published_in_the_order_of_their_names_are_spoken_of_in_the_words_of_the_general_one(
    primemover: PrimeMover,
) -> None:
    primemover("migrate")
    published = primemover("lifecycle", "publish", *sorted(STANDARD.parent.glob("*.toml")))

    setup = primemover("office", "setup")
    listed = primemover("lifecycle", "list", "--emergency", "no")

    assert published.exit_code == 0, published.stderr
    assert "Submitter" in setup.stdout
    assert "Government in need" not in setup.stdout
    assert listed.stdout.startswith("programme-standard:")


CONSENTS = STANDARD.parent / "three-consents.toml"
UNKNOWN = (
    "three-consents.toml: warning: applies.when[0].among: names 'ibsa', and this house has no "
    "framework or fund of that key that has not ended: until one is entered the lifecycle applies "
    "to nothing proposed under it\n"
)
FUND = (
    "framework",
    "enter",
    "ibsa",
    "--title",
    "IBSA Fund",
    "--kind",
    "fund",
    "--from",
    "2004-01-01",
)


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_a_lifecycle_for_a_fund_that_the_house_does_not_know_is_taken_with_a_warning(
    primemover: PrimeMover, verb: str
) -> None:
    said = primemover("lifecycle", verb, CONSENTS)
    ended = primemover(*FUND, "--to", "2020-12-31"), primemover("lifecycle", verb, CONSENTS)
    changed = primemover("framework", "change", "ibsa", "--to", "2099-12-31")
    known = primemover("lifecycle", verb, CONSENTS)

    assert UNKNOWN in said.stderr
    assert UNKNOWN in ended[1].stderr
    assert [each.exit_code for each in (said, *ended, changed, known)] == [0] * 5
    assert UNKNOWN not in known.stderr


@pytest.fixture
def of_a_laboratory(tmp_path: Path) -> Path:
    """A lifecycle that asks an office of which no installation knows before it is entered."""
    asked = {"role": "unit_officer", "of": "office:innovation-lab"}
    return written(tmp_path, edited(put("rules/screening_check/seats/0", asked)))


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_a_lifecycle_that_asks_a_party_that_the_house_does_not_know_is_taken_with_a_warning(
    primemover: PrimeMover, of_a_laboratory: Path, verb: str
) -> None:
    told = (
        "warning: rules.screening_check.seats[0].of: asks 'innovation-lab', and this house has no "
        "party of that key: until one is entered nobody can answer\n"
    )

    said = primemover("lifecycle", verb, *BESIDE, of_a_laboratory)
    setup = primemover("office", "setup")
    entered = primemover(
        "party", "enter", "innovation-lab", "--name", "Laboratory", "--kind", "organisation"
    )
    known = primemover("lifecycle", verb, *BESIDE, of_a_laboratory)

    assert [each.exit_code for each in (said, entered, known)] == [0, 0, 0]
    assert told in said.stderr
    assert told not in known.stderr
    assert ("A party with the key “innovation-lab”" in setup.stdout) is (verb == "publish")


def test_where_there_is_no_installation_to_ask_a_check_says_so(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    said = primemover(
        "lifecycle", "check", CONSENTS, *PUBLISHED,
        database_url=f"sqlite:///{tmp_path / 'no' / 'such.db'}",
    )  # fmt: skip

    assert said.exit_code == 0
    assert said.stderr.startswith(
        "three-consents.toml: not held against this installation. The database cannot"
    )
    assert said.stderr.count("not held against") == 1


def test_the_lifecycles_are_listed_with_why_each_applies(primemover: PrimeMover) -> None:
    primemover("migrate")
    nothing = primemover("lifecycle", "list")
    for file in (*PUBLISHED, EMERGENCY):
        primemover("lifecycle", "publish", file)

    usual = primemover("lifecycle", "list")
    urgent = primemover("lifecycle", "list", "--emergency", "yes", "--cost", "5000")

    assert (nothing.exit_code, usual.exit_code, urgent.exit_code) == (1, 0, 0)
    assert "No lifecycle is offered." in nothing.stderr
    assert usual.stdout.startswith(
        "programme-standard: South-South programme, standard. It applies."
    )
    assert "Not said: it costs at most USD 1,000,000" in usual.stdout
    assert urgent.stdout.startswith(
        "india-un-emergency: India-UN Fund, emergency window. It applies."
    )
    assert "So it is: it answers an emergency" in urgent.stdout


def test_a_course_is_written_from_a_file_and_from_what_is_published(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", EMERGENCY)
    file = tmp_path / "course.bpmn"

    picture = primemover("lifecycle", "diagram", EMERGENCY)
    primemover("lifecycle", "diagram", "india-un-emergency@1", "--format", "bpmn", "--output", file)

    assert "Silence of 72 hours" in picture.stdout
    assert "Silence of 72 hours" in file.read_text()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("missing.toml", "missing.toml: there is no such file"),
        ("india-un-emergency@7", "india-un-emergency has no version '7'; published: 1."),
        ("nothing", "No lifecycle called 'nothing' is published."),
    ],
)
def test_a_lifecycle_that_there_is_not_is_refused_and_nothing_is_written(
    primemover: PrimeMover, tmp_path: Path, named: str, said: str
) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", EMERGENCY)
    file = tmp_path / "course.svg"

    answer = primemover("lifecycle", "diagram", named, "--output", file)

    assert (answer.exit_code, file.exists()) == (1, False)
    assert said in answer.stderr


def test_an_empty_house_is_said_to_bring_nothing_to_an_end(primemover: PrimeMover) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", *PUBLISHED)

    checked = primemover("lifecycle", "check", "--people", *PUBLISHED)
    asked = primemover("lifecycle", "staffing", "programme-standard")
    nowhere = primemover("lifecycle", "staffing", "programme-standard", "--agency", "nobody")

    assert (checked.exit_code, asked.exit_code, nowhere.exit_code) == (1, 1, 1)
    for said in (checked, asked):
        assert "Withdrawn: no. Nobody can answer: " in said.stdout
        assert "cannot bring such a programme to every end" in said.stderr
    assert "“nobody” cannot be chosen here" in nowhere.stderr
