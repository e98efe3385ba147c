"""What its writer typed into a page of a form and did not save, and who else is writing there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from web.access import engine, now, person
from web.documents.forms import FieldsForm
from web.filters import word
from web.intake.numbers import whole
from workflow.engine.documents.above.kept import own
from workflow.engine.documents.checked import held_against
from workflow.lifecycles import form_checks
from workflow.lifecycles.documents import Section
from workflow.programmes.documents.drafts import FormPage, section_lines
from workflow.programmes.documents.meanwhile import may_write
from workflow.working_copies import copies
from workflow.working_copies.copies import FormWords, Pairs
from workflow.working_copies.writers import writers

# What says how a form was sent, and nothing of what stands in it.
OF_THE_SENDING = ("action", "again-copy")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A page of a form as it was typed and not saved: under which number, when, on which version.

    It was `meant` where its writer went on from it to the next page.
    """

    number: int
    at: datetime
    form: FieldsForm
    seen: int
    meant: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody else who is writing in the same document, and on which of its pages."""

    name: str
    title: str
    here: bool


def place_of(page: FormPage, section: str, *, fresh: bool) -> str:
    """Where the form of a section goes; a report that begins anew has a place of its own."""
    ref, kind = page.case.ref, page.kind.key
    return url_for(
        "documents.save", ref=ref, kind=kind, section=section, new="yes" if fresh else None
    )


def unsaved(page: FormPage, part: Section, place: str) -> Unsaved | None:
    """What the person left in this section that differs from what is saved."""
    return _left(page, {place: part}).get(part.key)


def every_unsaved(page: FormPage) -> dict[str, Unsaved]:
    """What the person left in each section of the document that differs from what is saved."""
    parts = page.kind.sections
    return _left(page, {place_of(page, each.key, fresh=False): each for each in parts})


def with_unsaved(page: FormPage, left: Mapping[str, Unsaved]) -> FormPage:
    """The form as its writer sees it: how far it has come with what is not saved yet."""
    content = page.content
    for each in left.values():
        content = each.form.merged(content) if each.form.validate() else content
    if content is page.content:
        return page
    with engine().reading() as session:
        held = held_against(session, page.case.id, page.case.definition, page.kind, own(content))
    lines = section_lines(page.kind, content, held)
    return replace(page, content=content, sections=lines, findings=held)


def keep(page: FormPage, place: str, fields: Pairs) -> None:
    """Keep a page of the form as its writer meant it, on the way to the next one."""
    written = tuple(each for each in fields if each[0] not in OF_THE_SENDING)
    words = FormWords(place, written, page=place, case=page.case.id)
    with engine().transaction() as session:
        copies.keep(session, person().id, words, now())


def _left(page: FormPage, parts: Mapping[str, Section]) -> dict[str, Unsaved]:
    with engine().reading() as session:
        found = copies.of_places(session, person().id, parts)
    left = {}
    for copy in found:
        part = parts[copy.place]
        form = FieldsForm(part.fields, page.offered).typed(MultiDict(copy.fields))
        if differs(part, form.content(), page.content):
            seen = whole(copy.value("seen_version"))
            opened = page.version if seen is None else seen
            left[part.key] = Unsaved(copy.id, copy.saved_at, form, opened, copy.meant)
    return left


def differs(part: Section, content: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two texts say something else in this section."""
    keys = {field.key for field in part.fields}
    mine, theirs = ({k: v for k, v in each.items() if k in keys} for each in (content, other))
    return form_checks.as_kept(part.fields, mine) != form_checks.as_kept(part.fields, theirs)


def taken(places: Iterable[str], key: str) -> None:
    """Forget what was kept of pages whose words are saved now; `key` names the one that sent them."""
    with engine().transaction() as session:
        for place in places:
            copies.finish(session, person().id, place, key, now())


def elsewhere(page: FormPage, here: str) -> tuple[Elsewhere, ...]:
    """Who else is writing in this document just now."""
    under = url_for("documents.begin", ref=page.case.ref, kind=page.kind.key) + "/"
    roles = {writer.role for writer in page.kind.written_by}
    titles = {section.key: word(section.title) for section in page.kind.sections}
    with engine().reading() as session:
        typing = writers(session, page.case.id, under, roles, person().id, now())
        found = [each for each in typing if may_write(session, page, each.person)]
    keys = [(each.name, each.place.removeprefix(under).partition("?")[0]) for each in found]
    return tuple(Elsewhere(name, titles[key], key == here) for name, key in keys if key in titles)
