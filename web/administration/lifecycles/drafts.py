"""Drafts of lifecycles: all of them, and one with what is wrong with it beside its lines."""

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from web.access import engine, now, person, role, settings
from web.administration.acts import done, say
from web.administration.lifecycles.forms import (
    BeginningForm,
    DraftForm,
    PublicationForm,
    RevisionForm,
)
from web.administration.lifecycles.soundness import Checked, checked, passages
from web.administration.sections import OfficeRoom, Section
from web.filters import word
from web.wording import plainly
from workflow.engine.published.versions import lifecycles, not_offered, version, versions
from workflow.errors import Invalid, Stale
from workflow.phrase import phrase
from workflow.publication import requests
from workflow.publication.drafts import (
    LONGEST_TEXT,
    Draft,
    begin_draft,
    discard_draft,
    draft_of,
    every_draft,
    keep_draft,
)
from workflow.publication.exports import toml_of
from workflow.publication.page import waiting
from workflow.publication.wishes import publication
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "lifecycle_drafts",
    __name__,
    "lifecycles",
    Section(
        "lifecycle_drafts.index",
        lazy_gettext("Lifecycles"),
        lazy_gettext("Drafts, and which version of each lifecycle is offered from when on"),
        "route",
        60,
    ),
)
DRAFT = "/drafts/<int:number>"


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every draft, what is offered, what waits for a second administrator, and the form to begin a draft."""
    return _listed(_beginning(None))


@bp.post("")
@role(ADMINISTRATOR)
def begin() -> ResponseReturnValue:
    """Begin a draft from a version, from a file or from nothing."""
    form = _beginning(request.form)
    begun: list[int] = []
    if not done(
        form,
        lambda session, by, at: begun.append(
            begin_draft(session, form.name.data, _first_text(session, form), by=by, now=at)
        ),
    ):
        return _listed(form), 422
    return redirect(url_for(".show", number=begun[0]), code=303)


@bp.get(DRAFT)
@role(ADMINISTRATOR)
def show(number: int) -> ResponseReturnValue:
    """One draft as it is kept, with everything that is wrong with it."""
    draft = _draft(number)
    form = DraftForm(formdata=None, text=draft.text, revision=draft.revision)
    return _shown(draft, form)


@bp.post(DRAFT)
@role(ADMINISTRATOR)
def keep(number: int) -> ResponseReturnValue:
    """Keep a draft as it was written, sound or not, or only check it; what was written is never lost."""
    draft, form = _draft(number), DraftForm()
    if not form.validate_on_submit():
        return _shown(draft, form), 422
    if request.form.get("action") == "check":
        return _shown(draft, form)
    try:
        with engine().transaction() as session:
            seen = form.revision.data or 0
            keep_draft(session, number, form.text.data, seen=seen, by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return _shown(draft, form), 422
    except Stale as refusal:
        form.text.errors = [plainly(refusal.said)]
        return _shown(draft, form), 409
    flash(gettext("The draft is kept."))
    return redirect(url_for(".show", number=number), code=303)


@bp.post("/drafts/faults")
@role(ADMINISTRATOR)
def tell() -> ResponseReturnValue:
    """What is wrong with a text as it is being typed, line by line; nothing is kept."""
    found = checked(_plain(request.form.get("text", "")[:LONGEST_TEXT]), "draft.toml")
    said = [
        {"line": each.line, "place": each.place, "said": plainly(each.problem)}
        for each in found.faults
    ]
    return jsonify(faults=said, sound=_verdict(found))


@bp.get(f"{DRAFT}/file")
@role(ADMINISTRATOR)
def export(number: int) -> ResponseReturnValue:
    """The draft as a file."""
    draft = _draft(number)
    return toml_file(draft.text, draft.filename)


@bp.post(f"{DRAFT}/discard")
@role(ADMINISTRATOR)
def discard(number: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft, form = _draft(number), RevisionForm()
    if not form.validate_on_submit():
        return redirect(url_for(".show", number=number), code=303)
    with engine().transaction() as session:
        discard_draft(session, number, seen=form.revision.data or 0, by=person().id, now=now())
    flash(gettext("The draft “%(name)s” is thrown away.", name=draft.name))
    return redirect(url_for(".index"), code=303)


@bp.post(f"{DRAFT}/publication")
@role(ADMINISTRATOR)
def publish(number: int) -> ResponseReturnValue:
    """Publish a draft as it is kept, or have it wait for the second administrator."""
    draft, form = _draft(number), PublicationForm(prefix="publication-")
    page = DraftForm(formdata=None, text=draft.text, revision=draft.revision)
    if not form.validate_on_submit():
        return _shown(draft, page, form), 422
    if form.revision.data != draft.revision:
        raise Stale(phrase("Somebody kept this draft meanwhile. Open it again, and look at it."))
    found = checked(draft.text, draft.filename)
    if found.definition is None:
        said = phrase("This draft has faults; nothing with faults is published.")
        say(form, Invalid(said, {"why": said}))
        return _shown(draft, page, form), 422
    wish = publication(found.definition, starts_on=form.starts_on.data, why=form.why.data)
    try:
        with engine().transaction() as session:
            two = settings().four_eyes
            came = requests.carry_out(session, wish, by=person().id, now=now(), two_for=two)
    except Invalid as refusal:
        say(form, refusal)
        return _shown(draft, page, form), 422
    flash(
        gettext("It is published.")
        if came.waits is None
        else gettext("It waits for a second administrator.")
    )
    where = "lifecycle_register.show" if came.waits is None else "lifecycle_acts.show"
    named = {"key": wish.key} if came.waits is None else {"number": came.waits}
    return redirect(url_for(where, **named), code=303)


def toml_file(text: str, name: str) -> Response:
    """A lifecycle as a file to be saved."""
    response = Response(text, content_type="application/toml; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _beginning(sent: object) -> BeginningForm:
    """The form with the versions that a draft can begin from."""
    form = BeginningForm(sent)
    with engine().reading() as session:
        every = (*lifecycles(session, engine()), *not_offered(session, engine()))
        each = [one for found in every for one in versions(session, engine(), found.definition.key)]
    form.version.choices = [
        ("", gettext("Nothing")),
        *(
            (
                f"{one.definition.key}@{one.definition.mark}",
                gettext(
                    "%(title)s, version %(version)s",
                    title=word(one.definition.title),
                    version=one.definition.version,
                ),
            )
            for one in each
        ),
    ]
    return form


def _first_text(session: Session, form: BeginningForm) -> str:
    """The text that a draft begins with; a file counts before a version."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        try:
            return upload.stream.read(4 * LONGEST_TEXT).decode("utf-8-sig")
        except UnicodeDecodeError as stray:
            said = phrase("This file is no text in UTF-8; choose a TOML file.")
            raise Invalid(said, {"file": said}) from stray
    if not form.version.data:
        return ""
    key, _, mark = form.version.data.partition("@")
    return toml_of(version(versions(session, engine(), key), mark).definition)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _draft(number: int) -> Draft:
    with engine().reading() as session:
        return draft_of(session, number)


def _listed(form: FlaskForm) -> str:
    with engine().reading() as session:
        return render_template(
            "administration/lifecycles/index.html",
            drafts=every_draft(session),
            offered=lifecycles(session, engine()),
            others=not_offered(session, engine()),
            waiting=waiting(session, person().id, now()),
            form=form,
        )


def _verdict(found: Checked) -> str:
    """What the text says as a whole, in a sentence; nothing while there are faults."""
    sound = found.definition
    if sound is None:
        return ""
    return gettext(
        "Sound: %(title)s, version %(version)s, with %(states)s states and %(rounds)s rounds.",
        title=sound.title,
        version=sound.version,
        states=len(sound.states),
        rounds=len(sound.rounds),
    )


def _shown(draft: Draft, form: DraftForm, publishing: PublicationForm | None = None) -> str:
    text = _plain(form.text.data or "")
    found = checked(text, draft.filename)
    with engine().reading() as session:
        two = requests.takes_two(session, settings().four_eyes, now().date())
    return render_template(
        "administration/lifecycles/draft.html",
        draft=draft,
        form=form,
        checked=found,
        verdict=_verdict(found),
        passages=passages(text, found.faults),
        publishing=publishing
        or PublicationForm(formdata=None, prefix="publication-", revision=draft.revision),
        discarding=RevisionForm(formdata=None, revision=draft.revision),
        two=two,
    )
