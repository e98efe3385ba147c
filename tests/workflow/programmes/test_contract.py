"""What programmes need of a lifecycle is said with its place, and a lifecycle without it is refused."""

from dataclasses import replace

import pytest

from tests.workflow.engine.lifecycles import RAW, STANDARD, Edit, edited, put
from tests.workflow.lifecycles.broken.heads import APPLIES
from workflow.errors import FaultyFile
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.programmes.contract import faults, refuse_unfit
from workflow.vocabulary import OFFICERS

FIELDS = "documents/proposal/sections/0/fields"
AT = "documents.proposal.sections"
AREAS = "documents/proposal/sections/1/fields"


def place_of(field: str) -> str:
    """Where a field of the proposal's first section stands."""
    fields = RAW["documents"]["proposal"]["sections"][0]["fields"]
    return f"{FIELDS}/{[each['key'] for each in fields].index(field)}"


BROKEN: dict[str, tuple[Edit, str, str]] = {
    "no title": (put(f"{place_of('title')}/key", "name"), AT, "asks for no 'title'"),
    "a title that may be empty": (put(f"{place_of('title')}/required", False), AT, "'title'"),
    "no countries": (
        put(f"{place_of('participating_countries')}/required", False), AT, "participating_countries",
    ),
    "areas as a text": (
        put(f"{AREAS}/0", {"key": "areas", "label": "Areas", "kind": "text", "required": True}),
        AT, "asks for 'areas' as 'text'; 'choices' is expected",
    ),
    "a modality that nobody chooses": (
        put("applies", APPLIES | {"when": [{"of": "modality", "among": ["standard", "triangle"]}]}),
        "applies.when[0].among", "names 'triangle', which nobody can answer; did you mean 'triangular'?",
    ),
    "an emergency answered in another language": (
        put("applies", APPLIES | {"when": [{"of": "cost", "at_most": 5}, {"of": "emergency", "among": ["oui"]}]}),
        "applies.when[1].among", "expected one of: yes, no",
    ),
    "an open draft": (put("states/draft/private", False), "states.draft.private", "alone"),
}  # fmt: skip


def test_the_shipped_lifecycles_keep_to_it() -> None:
    for file in STANDARD.parent.glob("*.toml"):
        refuse_unfit(load_file(file), file.name)


@pytest.mark.parametrize(("edit", "place", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_missing_is_said_with_its_place(edit: Edit, place: str, words: str) -> None:
    found = faults(from_tables(edited(edit), "x.toml"))

    assert [str(each.place) for each in found] == [place]
    assert words in str(found[0].problem)


def test_every_fault_is_told_in_one_refusal() -> None:
    edits = (put("states/draft/private", False), put(f"{place_of('title')}/required", False))

    with pytest.raises(FaultyFile) as refused:
        refuse_unfit(from_tables(edited(*edits), "x.toml"), "x.toml")

    assert str(refused.value.said) == "x.toml cannot be taken: it has 2 faults."
    assert [str(each.place) for each in refused.value.faults] == [
        f"x.toml: {AT}", "x.toml: states.draft.private",
    ]  # fmt: skip


@pytest.mark.parametrize(("kept", "fit"), [((), False), (OFFICERS[:1], True), (OFFICERS[1:], True)])
def test_the_office_that_keeps_the_files_takes_part(kept: tuple[str, ...], fit: bool) -> None:
    whole = load_file(STANDARD)
    roles = {key: role for key, role in whole.roles.items() if key not in OFFICERS or key in kept}

    found = faults(replace(whole, roles=roles))

    assert [str(each.place) for each in found] == ([] if fit else ["roles"])
    assert fit or "has neither 'unit_officer' nor 'unit_head'" in str(found[0].problem)


def test_the_facts_stand_in_a_document_that_the_proposer_writes_at_the_beginning() -> None:
    found = faults(from_tables(edited(put("facts", "project_document")), "x.toml"))

    said = {str(each.place): str(each.problem) for each in found}
    assert said["documents.project_document.written_in"].startswith("leaves out 'draft'")
    assert said["documents.project_document.written_by"] == "leaves out the proposer"


def test_a_lifecycle_about_something_else_owes_nothing_of_it() -> None:
    silent = [key for key, rule in RAW["rules"].items() if "subjects" in rule]
    subjects = (put(f"rules/{key}/subjects", ["amendment"]) for key in silent)
    other = edited(
        put("subject", "amendment"), put(f"{place_of('title')}/required", False), *subjects
    )

    assert faults(from_tables(other, "x.toml")) == ()
