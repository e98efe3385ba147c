"""The way through a form: its sections, then its files, then the signature under it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from web.filters import word
from web.wording import plainly
from workflow.programmes.documents.attachments import AttachedFile
from workflow.programmes.documents.drafts import FormPage, SectionLine, SectionProgress
from workflow.programmes.documents.signature import Signing

FILES = "attached-files"
CHECK = "check-and-submit"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form; `notes` say what its section still lacks."""

    key: str
    number: int
    title: str
    progress: SectionProgress
    notes: tuple[str, ...]
    address: str


def steps(page: FormPage) -> tuple[Step, ...]:
    """Every page of the form, in the order in which they are filled."""
    listed = [(line.section.key, *_section(line)) for line in page.sections]
    if page.file_kinds:
        listed.append((FILES, files_title(page), _files_progress(page), ()))
    if page.signing is not None:
        listed.append((CHECK, check_title(page.signing), SectionProgress.EMPTY, ()))
    return tuple(
        Step(key, number, title, progress, notes, address(page, key))
        for number, (key, title, progress, notes) in enumerate(listed, 1)
    )


def address(page: FormPage, key: str) -> str:
    """The address of one page of the form."""
    return url_for("documents.edit", ref=page.case.ref, kind=page.kind.key, section=key)


def after(page: FormPage, key: str) -> Step:
    """The page that follows `key`; the last one is followed by itself."""
    listed = steps(page)
    place = next(at for at, step in enumerate(listed) if step.key == key)
    return listed[min(place + 1, len(listed) - 1)]


def first_open(page: FormPage) -> str:
    """The address of the first section that a remark waits in or that is not complete, or of the first."""
    listed, remarked = steps(page), _remarked(page)
    undone = (step for step in listed if step.progress is not SectionProgress.DONE)
    waiting = (step for step in listed if step.key in remarked)
    return next(waiting, next(undone, listed[0])).address


def _remarked(page: FormPage) -> frozenset[str]:
    """The sections with a remark on the text as it stands; none once it was saved since."""
    return frozenset(
        remark.section
        for back in page.returns
        if page.saved is not None and page.saved.at < back.at
        for remark in back.remarks
    )


def files_title(page: FormPage) -> str:
    """What the page of files is called."""
    letters = any(not kind.sections for kind in page.file_kinds)
    return gettext("Letters and documents") if letters else gettext("Files")


def check_title(signing: Signing) -> str:
    """What the last page is called."""
    submits = signing.verdict.key == "submit"
    return gettext("Check and submit") if submits else gettext("Check and sign")


def _section(line: SectionLine) -> tuple[str, SectionProgress, tuple[str, ...]]:
    wrong = tuple(plainly(finding.said) for finding in line.wrong)
    return word(line.section.title), line.progress, wrong


def _files_progress(page: FormPage) -> SectionProgress:
    """Complete when every kind that consists of files alone has one."""
    owed = {kind.key for kind in page.file_kinds if not kind.sections}
    there = {file.kind for file in page.files}
    if owed:
        return SectionProgress.DONE if owed <= there else SectionProgress.EMPTY
    return SectionProgress.DONE if there else SectionProgress.EMPTY


def files_of(page: FormPage, kind: str) -> tuple[AttachedFile, ...]:
    """The files attached under one kind."""
    return tuple(file for file in page.files if file.kind == kind)
