"""What a draft, or a version that waits to be offered, would change: in words, for open programmes, for people."""

from collections.abc import Mapping

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role
from web.administration.lifecycles.requests import waiting_line
from web.administration.lifecycles.soundness import checked
from web.administration.people.forms import PlainForm
from workflow.engine.migration.wish import MigratedCase
from workflow.engine.published.effects import effects_page, rehearsed
from workflow.lifecycles.definition import Definition
from workflow.programmes.staffing.page import staffing_page
from workflow.programmes.staffing.question import ANY
from workflow.publication.drafts import draft_of
from workflow.publication.page import what_waits
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("lifecycle_effects", __name__, url_prefix="/office/lifecycles")
DRAFT = "/drafts/<int:number>/effects"
ACT = "/acts/<int:number>/effects"


@bp.get(DRAFT)
@role(ADMINISTRATOR)
def draft(number: int) -> ResponseReturnValue:
    """What a draft would change, as it is kept."""
    name, found = _drafted(number)
    return _shown(found, (name, url_for("lifecycle_drafts.show", number=number)))


@bp.post(DRAFT)
@role(ADMINISTRATOR)
def try_draft(number: int) -> ResponseReturnValue:
    """Try the open programmes on a draft; nothing of it is kept."""
    name, found = _drafted(number)
    return _tried(found, (name, url_for("lifecycle_drafts.show", number=number)))


@bp.get(ACT)
@role(ADMINISTRATOR)
def act(number: int) -> ResponseReturnValue:
    """What an act that waits would change."""
    found = _waiting(number)
    return _shown(found, (gettext("Waits"), url_for("lifecycle_acts.show", number=number)))


@bp.post(ACT)
@role(ADMINISTRATOR)
def try_act(number: int) -> ResponseReturnValue:
    """Try the open programmes on the version of an act that waits; nothing of it is kept."""
    found = _waiting(number)
    return _tried(found, (gettext("Waits"), url_for("lifecycle_acts.show", number=number)))


def _drafted(number: int) -> tuple[str, Definition | None]:
    """The name of a draft, and what it says; nothing while it has faults."""
    with engine().reading() as session:
        kept = draft_of(session, number)
    return kept.name, checked(kept.text, kept.filename).definition


def _waiting(number: int) -> Definition | None:
    """What would be offered or retired; refuses what waits no more."""
    waiting_line(number)
    with engine().reading() as session:
        return what_waits(session, number)


def _tried(definition: Definition | None, back: tuple[str, str]) -> ResponseReturnValue:
    if definition is None or not PlainForm().validate_on_submit():
        return _shown(definition, back), 422
    with engine().reading() as session:
        page = effects_page(session, engine(), definition, person().id, now())
    return _shown(definition, back, rehearsed(engine(), definition, page.to_try))


def _shown(
    definition: Definition | None,
    back: tuple[str, str],
    outcomes: Mapping[str, MigratedCase] | None = None,
) -> str:
    page = staffing = None
    if definition is not None:
        with engine().reading() as session:
            page = effects_page(session, engine(), definition, person().id, now())
            staffing = staffing_page(session, definition, ANY, now().date())
    return render_template(
        "administration/lifecycles/effects.html",
        page=page,
        staffing=staffing,
        outcomes=outcomes,
        back=back,
    )
