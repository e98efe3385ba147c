"""Who saved a section of a document since a version of it was read, and who may write in it besides."""

from sqlalchemy.orm import Session

from workflow.engine.commands import file_document
from workflow.engine.permissions.offices import offices
from workflow.lifecycles import form_checks
from workflow.lifecycles.documents import Section
from workflow.programmes.documents.drafts import FormPage
from workflow.programmes.documents.versions import Saved, content_of, saved_versions


def changed_since(session: Session, page: FormPage, section: Section, seen: int) -> Saved | None:
    """The last version after `seen` that says something else in this section; none where none does."""
    if seen < 0:
        return page.saved
    newer = [
        each for each in saved_versions(session, page.case, page.kind.key) if each.version > seen
    ]
    told = _said(session, page, section, seen)
    last = None
    for each in reversed(newer):
        says = _said(session, page, section, each.version)
        if says != told:
            last, told = each, says
    return last


def may_write(session: Session, page: FormPage, person: int) -> bool:
    """Whether somebody else may write this document now."""
    case, today = page.case, page.case.today
    at = case.definition.states[case.state], case.footing, case.definition.subject
    held = offices(session, person, today)
    return file_document.writing_barred(session, page.kind, at, case.id, held, today) is None


def _said(session: Session, page: FormPage, section: Section, version: int) -> dict[str, object]:
    """What a version says in the section."""
    content = content_of(session, page.case, page.kind.key, version)
    keys = {field.key for field in section.fields}
    said = {key: value for key, value in content.items() if key in keys}
    return dict(form_checks.as_kept(section.fields, said))
