"""Every form of the site says what it cannot take beside the field, and gives back what was typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from werkzeug.datastructures import MultiDict

from tests.support.visitors import Enter, Visitor, entrance
from tests.support.world import World

# An override shows words in another order than they are kept in; no text may hold one.
TYPED = "Water for all\u202edevorppA"
REFUSED = "U+202E"
# What is searched for is compared as it is kept, so without it.
SEARCHED = TYPED.replace("\u202e", "")
# Fields by which something is found; what they hold is never shown to anybody else.
SEARCHES = frozenset({"ref", "text"})
SOME_DAY = "2026-03-20"
ADDRESS = re.compile(r"\?.*|\d+|SSC-\S+?(?=/|$)")
MOST_PAGES, OF_A_SHAPE = 80, 3
BEGINNINGS = ("/", "/queue", "/programmes", "/proposals/new", "/histories", "/oversight", "/people")
PEOPLE = (
    "joao.lima", "jane.okello", "elena.petrova", "arjun.mehta", "priya.menon", "marie.laurent",
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A form as a page shows it, with the one of its fields that is written into."""

    page: str
    action: str
    values: tuple[tuple[str, str], ...]
    field: str

    @property
    def shape(self) -> tuple[str, str]:
        """What makes it one of many alike: the address without its numbers, and the field."""
        return ADDRESS.sub("*", self.action), re.sub(r"\d+", "*", self.field)


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    world.programmes("draft", "screening", "consultation", "decision", "active")
    return entrance(world, tmp_path)


def forms_of(visitor: Visitor) -> Iterator[Form]:
    """The forms on pages that links lead to, each shape once."""
    ahead, seen = list(BEGINNINGS), set()
    shapes: dict[str, int] = {}
    known = set()
    while ahead and len(seen) < MOST_PAGES:
        address = ahead.pop(0)
        shape = ADDRESS.sub("*", address)
        shapes[shape] = shapes.get(shape, 0) + 1
        if address in seen or shapes[shape] > OF_A_SHAPE or address.startswith("/assets"):
            continue
        seen.add(address)
        with visitor.get(address) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            tree = html.fromstring(answer.get_data(as_text=True))
        ahead += [each for each in tree.xpath("//a/@href") if each.startswith("/")]
        for form in tree.forms:
            for found in _writable(address, form):
                if found.shape not in known:
                    known.add(found.shape)
                    yield found


def _writable(address: str, form: Any) -> Iterator[Form]:
    if form.method != "POST":
        return
    values = tuple(_filled(form))
    for control in form.xpath(".//textarea | .//input[not(@type) or @type='text']"):
        if control.name and "readonly" not in control.attrib:
            yield Form(address, form.action or address, values, control.name)


def _filled(form: Any) -> Iterator[tuple[str, str]]:
    """The form as it is, with something chosen wherever a choice is open."""
    days = set(form.xpath(".//input[@type='date']/@name"))
    for name, value in form.form_values():
        options = [each for each in form.xpath(f".//select[@name='{name}']/option/@value") if each]
        first = options[0] if options else SOME_DAY if name in days else ""
        yield name, value or first
    chosen = {name for name, _ in form.form_values()}
    for name in dict.fromkeys(form.xpath(".//input[@type='radio']/@name")):
        if name not in chosen:
            yield name, form.xpath(f".//input[@type='radio'][@name='{name}']/@value")[0]


def _faults(visitor: Visitor, form: Form) -> Iterator[str]:
    sent = MultiDict(form.values)
    sent[form.field] = TYPED
    answer = visitor.flask.post(form.action, data=sent)
    if answer.status_code != 422:
        yield f"is answered {answer.status_code}"
        return
    tree = html.fromstring(answer.get_data(as_text=True))
    controls = [each for each in tree.xpath(f"//*[@name='{form.field}']") if _typed(each)]
    if not controls:
        yield "does not give back what was typed"
    for control in controls[:1]:
        told = [tree.get_element_by_id(each, None) for each in _described(control)]
        wrong = [each for each in told if each is not None and "error" in each.get("id")]
        if not wrong or (form.field not in SEARCHES and REFUSED not in wrong[0].text_content()):
            yield "says nothing beside the field"


def _typed(control: Any) -> bool:
    held = control.get("value") or control.text or ""
    return TYPED in held or SEARCHED in held


def _described(control: Any) -> list[str]:
    return (control.get("aria-describedby") or "").split()


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_refused_text_is_told_beside_its_field_and_stays(enter: Enter, who: str) -> None:
    visitor = enter(who)

    forms = list(forms_of(visitor))
    faults = [
        f"{form.page}: {form.action} {form.field} {fault}"
        for form in forms
        for fault in _faults(visitor, form)
    ]

    assert forms
    assert not faults, "\n".join(faults)
