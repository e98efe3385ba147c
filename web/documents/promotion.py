"""How what is typed becomes a version: where its writer says so, with all the pages that they meant."""

from flask import request
from flask_babel import gettext

from web.access import engine, person
from web.documents import unsaved
from web.documents.forms import FieldsForm
from web.documents.unsaved import Unsaved
from web.filters import instant
from web.intake.numbers import whole
from web.wording import plainly
from web.working_copies.held_forms import KEY, LONGEST_KEY
from workflow.engine.commands.file_document import Filing
from workflow.errors import Invalid, Stale
from workflow.lifecycles.documents import Section
from workflow.programmes import commands
from workflow.programmes.documents.drafts import FormPage
from workflow.programmes.documents.meanwhile import changed_since
from workflow.programmes.documents.versions import Saved


def promote(page: FormPage, part: Section, form: FieldsForm, *, fresh: bool) -> int:
    """File the document with this page as it is typed and the pages meant before; returns the version.

    What was saved meanwhile is no obstacle where it left these pages as they were. A page that does not
    fit with the rest stays unsaved.
    """
    along = {} if fresh else _along(page, part)
    try:
        version = _filed(page, part, form, along, fresh=fresh)
    except Invalid:
        if not along:
            raise
        along = {}
        version = _filed(page, part, form, along, fresh=fresh)
    key = request.form.get(KEY, "")[:LONGEST_KEY]
    unsaved.taken([unsaved.place_of(page, part.key, fresh=fresh)], key)
    unsaved.taken((unsaved.place_of(page, each, fresh=False) for each in along), "")
    return version


def seen_version() -> int:
    """The version that the form was opened on; one that makes no sense is an old one."""
    written = request.form.get("seen_version")
    found = whole(written) if written is not None else 0
    return -1 if found is None else found


def overtaken_by(page: FormPage, part: Section, refusal: Stale) -> str:
    """Whose version it is that the form was overtaken by, and when it was saved."""
    saved = _changed(page, part, seen_version())
    if saved is None:
        return plainly(refusal.said)
    if saved.person_id == person().id:
        return gettext(
            "You saved this page yourself at %(at)s, in another window or on another device. Your "
            "words are still in the form: compare them with the newer version, then save again.",
            at=instant(saved.at),
        )
    return gettext(
        "%(person)s saved this page at %(at)s while you were writing. Your words are still in the "
        "form: compare them with the newer version, then save again.",
        person=saved.person,
        at=instant(saved.at),
    )


def _along(page: FormPage, part: Section) -> dict[str, Unsaved]:
    """The other pages that were meant, are well-formed, and that nobody saved meanwhile."""
    sections = {each.key: each for each in page.kind.sections if each.key != part.key}
    return {
        key: left
        for key, left in unsaved.every_unsaved(page).items()
        if key in sections
        and left.meant
        and left.form.validate()
        and _changed(page, sections[key], left.seen) is None
    }


def _filed(
    page: FormPage, part: Section, form: FieldsForm, along: dict[str, Unsaved], *, fresh: bool
) -> int:
    content, seen = page.content, seen_version()
    for each in along.values():
        content = each.form.merged(content)
    if seen != page.version and not fresh and _changed(page, part, seen) is None:
        seen = page.version
    filing = Filing(page.case.ref, page.kind.key, form.merged(content), seen)
    return commands.save(engine(), person().id, filing)


def _changed(page: FormPage, part: Section, seen: int) -> Saved | None:
    """The version that changed this section since the form was opened."""
    if seen == page.version:
        return None
    with engine().reading() as session:
        return changed_since(session, page, part, seen)
