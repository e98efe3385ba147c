"""The texts of a version in other languages: how far they go, a file to fill in, and one to enter."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, role, settings
from web.administration.acts import done
from web.administration.lifecycles.drafts import toml_file
from web.administration.lifecycles.forms import TextsForm
from workflow.engine.published.named import named_version
from workflow.errors import Fault, FaultyFile, Invalid, NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import LONGEST
from workflow.lifecycles.texts.files import file_of, translation_from_text
from workflow.lifecycles.texts.translation import LANGUAGES
from workflow.phrase import phrase
from workflow.publication.requests import LifecycleOutcome, takes_two
from workflow.publication.text_acts import enter_texts
from workflow.publication.texts import coverage, texts_for
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint(
    "lifecycle_texts", __name__, url_prefix="/office/lifecycles/of/<key>/versions/<mark>/texts"
)


@bp.get("")
@role(ADMINISTRATOR)
def show(key: str, mark: str) -> ResponseReturnValue:
    """How many texts there are in each language, with the form to enter more."""
    return _shown(_version(key, mark), TextsForm(formdata=None))


@bp.post("")
@role(ADMINISTRATOR)
def enter(key: str, mark: str) -> ResponseReturnValue:
    """Enter the texts in a file; one with faults is told with each of them, and nothing is entered."""
    definition, form = _version(key, mark), TextsForm()
    came: list[LifecycleOutcome] = []
    try:
        entered = done(
            form,
            lambda session, by, at: came.append(
                enter_texts(
                    session,
                    translation_from_text(_sent(), "texts.toml", definition),
                    form.why.data,
                    by=by,
                    now=at,
                    two_for=settings().four_eyes,
                )
            ),
        )
    except FaultyFile as refusal:
        return _shown(definition, form, refusal.faults), 422
    if not entered:
        return _shown(definition, form), 422
    number = came[0].waits
    if number is not None:
        flash(gettext("It waits for a second administrator."))
        return redirect(url_for("lifecycle_acts.show", number=number), code=303)
    flash(gettext("The texts are entered: pages and letters say them from now on."))
    return redirect(url_for(".show", key=key, mark=mark), code=303)


@bp.get("/<language>/file")
@role(ADMINISTRATOR)
def export(key: str, mark: str, language: str) -> ResponseReturnValue:
    """A file to fill in: each English text, with that in the language beside it where there is one."""
    if language not in LANGUAGES:
        raise NotFound(phrase("Lifecycles are not translated into this language."))
    definition = _version(key, mark)
    with engine().reading() as session:
        known = texts_for(session, definition, language)
    return toml_file(
        file_of(definition, language, known), f"{definition.key}-{definition.mark}.{language}.toml"
    )


def _version(key: str, mark: str) -> Definition:
    with engine().reading() as session:
        return named_version(session, engine(), f"{key}@{mark}")[1]


def _sent() -> str:
    """The text of the file that was sent, which the form found to be there."""
    try:
        return request.files["file"].stream.read(4 * LONGEST).decode("utf-8-sig")
    except UnicodeDecodeError as stray:
        said = phrase("This file is no text in UTF-8; choose a TOML file.")
        raise Invalid(said, {"file": said}) from stray


def _shown(definition: Definition, form: TextsForm, faults: tuple[Fault, ...] = ()) -> str:
    with engine().reading() as session:
        found = coverage(session, definition)
        two = takes_two(session, settings().four_eyes, now().date())
    return render_template(
        "administration/lifecycles/texts.html",
        definition=definition,
        covered=found,
        form=form,
        faults=faults,
        two=two,
    )
