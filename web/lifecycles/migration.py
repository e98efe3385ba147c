"""The page on which an administrator tries and moves the open cases of a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from web.access import engine, person, role, settings
from web.administration.acts import say
from web.administration.texts import as_line
from workflow.engine.migration.migrate import rehearse
from workflow.engine.migration.page import MigrationPage, migration_page
from workflow.engine.migration.wish import CaseSeen, MigratedCase, Migration
from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.obstacles import KeyMapping
from workflow.phrase import Phrase
from workflow.publication.migration.requests import MigrationOutcome, MigrationWish, carry_out
from workflow.publication.migration.target import not_offered
from workflow.publication.requests import takes_two
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("migrations", __name__, url_prefix="/lifecycles")
EACH, ALL = "each", "all"
MOVE = "move"


class MigrationForm(FlaskForm):
    """Checks the shape of what is to be moved: which cases, how, and why."""

    cases = SelectMultipleField(
        lazy_gettext("Cases"), validators=[InputRequired(lazy_gettext("Choose at least one."))]
    )
    how = RadioField(
        lazy_gettext("If one cannot be moved"),
        default=EACH,
        choices=[
            SelectChoice(EACH, lazy_gettext("Move the others")),
            SelectChoice(ALL, lazy_gettext("Move none")),
        ],
    )
    although_not_offered = BooleanField(
        lazy_gettext("Also onto a version that is not offered now; the reason says why")
    )
    reason = TextAreaField(
        lazy_gettext("Why they are moved"), filters=[as_line], validators=[Length(max=2000)]
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page was asked with: the page, its form, and the version chosen.

    `standing` is how that version stands where it is not offered; `two` says whether a second
    administrator confirms.
    """

    page: MigrationPage
    form: MigrationForm
    number: int
    to: Definition
    standing: Phrase | None
    two: bool


@bp.get("/<key>/versions/<mark>/programmes")
@role(ADMINISTRATOR)
def show(key: str, mark: str) -> ResponseReturnValue:
    """The open cases that follow a version, to be tried on another one."""
    return _shown(_asked(key, mark))


@bp.post("/<key>/versions/<mark>/programmes")
@role(ADMINISTRATOR)
def act(key: str, mark: str) -> ResponseReturnValue:
    """Try the cases chosen on the other version, or move them to it."""
    asked = _asked(key, mark)
    moves = request.form.get("do") == MOVE
    if not asked.form.validate_on_submit():
        return _shown(asked), 422
    if moves and not (asked.form.reason.data or "").strip():
        asked.form.reason.errors = [lazy_gettext("Say why; it stands in each history.")]
        return _tried(asked), 422
    if not moves:
        return _tried(asked)
    wish = MigrationWish(
        before=asked.page.definition.digest,
        wanted=_wanted(asked),
        migration=_migration(asked),
        together=asked.form.how.data == ALL,
        although_not_offered=asked.form.although_not_offered.data,
    )
    try:
        done = carry_out(engine(), wish, two_for=settings().four_eyes)
    except Invalid as refusal:
        say(asked.form, refusal)
        return _tried(asked), 422
    if done.waits is not None:
        return _waits(done)
    return _answered(asked, done.cases, together=wish.together)


def may_move() -> bool:
    """Whether the person behind the request moves cases."""
    return person().holds(ADMINISTRATOR)


def _waits(done: MigrationOutcome) -> ResponseReturnValue:
    """On to the act that waits; what cannot be moved is not in it, and is said."""
    if done.stuck:
        flash(
            ngettext(
                "%(num)d case cannot be moved and is left out.",
                "%(num)d cases cannot be moved and are left out.",
                len(done.stuck),
            )
        )
    flash(gettext("It waits for a second administrator."))
    return redirect(url_for("lifecycle_acts.show", number=done.waits), code=303)


def _answered(
    asked: Asked, found: Sequence[MigratedCase], *, together: bool
) -> ResponseReturnValue:
    """Back to the page where all were moved; else it says why not."""
    stuck = [each for each in found if not each.moves]
    moved = 0 if stuck and together else len(found) - len(stuck)
    if moved:
        flash(ngettext("%(num)d case was moved.", "%(num)d cases were moved.", moved))
    if stuck:
        left = _asked(asked.page.definition.key, asked.page.definition.mark)
        return _shown(left, tuple(stuck if moved else found)), 409
    return redirect(
        url_for(
            ".show",
            key=asked.page.definition.key,
            mark=asked.page.definition.mark,
            to=asked.to.mark,
        ),
        code=303,
    )


def _asked(key: str, mark: str) -> Asked:
    with engine().reading() as session:
        now = engine().now()
        page = migration_page(session, engine(), (key, mark), person().id, now)
        number, to = page.goal(request.values.get("to", ""))
        standing = not_offered(session, number, now)
        two = takes_two(session, settings().four_eyes, now.date())
    form = MigrationForm()
    form.cases.choices = [SelectChoice(each.ref, each.ref) for each in page.cases]
    return Asked(page, form, number, to, standing, two)


def _migration(asked: Asked) -> Migration:
    why = asked.form.reason.data or ""
    return Migration(asked.to, asked.number, person().id, _mapping(asked), why)


def _tried(asked: Asked) -> str:
    """The page with what would become of the cases chosen; nothing of it is kept."""
    return _shown(asked, rehearse(engine(), _wanted(asked), _migration(asked)))


def _wanted(asked: Asked) -> tuple[CaseSeen, ...]:
    """The cases chosen, each at the version that the page showed when it was sent."""
    chosen = set(asked.form.cases.data or ())
    return tuple(
        CaseSeen(each.ref, _seen(each.ref, each.version))
        for each in asked.page.cases
        if each.ref in chosen
    )


def _seen(ref: str, now: int) -> int:
    shown = request.form.get(f"seen-{ref}", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else now


def _mapping(asked: Asked) -> KeyMapping:
    """What takes the place of what is gone, as far as it was said."""
    states = [each.key for each in asked.page.states_gone(asked.to)]
    rounds = [each.key for each in asked.page.rounds_gone(asked.to)]
    return KeyMapping(_said("state", states), _said("round", rounds))


def _said(kind: str, keys: Sequence[str]) -> Mapping[str, str]:
    said = {key: request.form.get(f"{kind}-{key}", "") for key in keys}
    return {key: now for key, now in said.items() if now}


def _shown(asked: Asked, found: Sequence[MigratedCase] = ()) -> str:
    return render_template(
        "lifecycles/migration.html",
        page=asked.page,
        form=asked.form,
        to=asked.to,
        standing=asked.standing,
        two=asked.two,
        outcomes={each.ref: each for each in found},
        said=request.form,
    )
