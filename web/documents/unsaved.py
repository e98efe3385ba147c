"""What its writer typed into a page of a form and did not save, and who else is writing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from web.access import engine, now, person
from web.documents.forms import FieldsForm
from web.filters import word
from web.intake.numbers import whole
from workflow.lifecycles import form_checks
from workflow.lifecycles.documents import Section
from workflow.programmes.documents.drafts import FormPage
from workflow.working_copies import copies
from workflow.working_copies.writers import writers


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A page of a form as it was typed and not saved: under which number, when, on which version."""

    number: int
    at: datetime
    form: FieldsForm
    seen: int


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
    with engine().reading() as session:
        found = copies.of_places(session, person().id, [place])
    for copy in found:
        form = FieldsForm(part.fields, page.offered).typed(MultiDict(copy.fields))
        if differs(part, form.content(), page.content):
            seen = whole(copy.value("seen_version"))
            return Unsaved(copy.id, copy.saved_at, form, page.version if seen is None else seen)
    return None


def differs(part: Section, content: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two texts say something else in this section."""
    keys = {field.key for field in part.fields}
    mine, theirs = ({k: v for k, v in each.items() if k in keys} for each in (content, other))
    return form_checks.as_kept(part.fields, mine) != form_checks.as_kept(part.fields, theirs)


def taken(place: str) -> None:
    """Forget what was held of a form whose words are saved now, from a page without a script."""
    with engine().transaction() as session:
        copies.finish(session, person().id, place, "", now())


def elsewhere(page: FormPage, here: str) -> tuple[Elsewhere, ...]:
    """Who else is writing in this document just now."""
    under = url_for("documents.begin", ref=page.case.ref, kind=page.kind.key) + "/"
    roles = {writer.role for writer in page.kind.written_by}
    titles = {section.key: word(section.title) for section in page.kind.sections}
    with engine().reading() as session:
        found = writers(session, page.case.id, under, roles, person().id, now())
    keys = [(each.name, each.place.removeprefix(under).partition("?")[0]) for each in found]
    return tuple(Elsewhere(name, titles[key], key == here) for name, key in keys if key in titles)
