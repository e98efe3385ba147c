"""What a person was told, what they have read, and how they want to be told by mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, page_language, person, settings, signed_in
from web.filters import short_day
from web.intake.numbers import number_of
from web.notices.forms import ChoicesForm, ReadForm
from workflow.engine.permissions.visibility import knows_of
from workflow.engine.published.letters import in_language
from workflow.notices import commands, queries, wording
from workflow.notices.models import Notice
from workflow.offices.record import record_news
from workflow.people.appointments import AUDITOR

bp = Blueprint("notices", __name__, url_prefix="/notices")

A_PAGE = 50


@bp.app_context_processor
def spoken() -> dict[str, object]:
    """Let the pages say a notice in the reader's language."""
    return {"notice_sentence": _sentence, "notice_reason": _reason}


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """The person's notices, the newest first."""
    before = number_of(request.args, "before")
    with engine().reading() as session:
        known = knows_of(Notice.case_id, person().id, now().date())
        lines = queries.listed(session, person().id, known, before=before, limit=A_PAGE + 1)
        lines = in_language(engine(), session, page_language(), lines)
        newest = queries.newest(session, person().id)
        audits = person().holds(AUDITOR) and before is None
        news = record_news(session, engine(), person().id) if audits else None
    return render_template(
        "notices/index.html", lines=lines[:A_PAGE], more=lines[A_PAGE:], newest=newest, news=news
    )


@bp.post("/read")
@signed_in
def read() -> ResponseReturnValue:
    """Note that everything up to one notice is read."""
    form = ReadForm()
    if form.validate_on_submit():
        with engine().transaction() as session:
            commands.mark_read(session, person().id, form.upto.data or 0, now=now())
    return redirect(url_for(".index"), code=303)


@bp.get("/choices")
@signed_in
def choices() -> ResponseReturnValue:
    """How mail about each kind is wanted."""
    with engine().reading() as session:
        chosen = queries.choices(session, person().id)
    form = ChoicesForm(data={kind.value: way.value for kind, way in chosen.items()})
    return render_template("notices/choices.html", form=form, mails=_mails())


@bp.post("/choices")
@signed_in
def choose() -> ResponseReturnValue:
    """Keep the choices."""
    form = ChoicesForm()
    if not form.validate_on_submit():
        return render_template("notices/choices.html", form=form, mails=_mails()), 422
    with engine().transaction() as session:
        commands.choose(session, person().id, form.ways())
    flash(gettext("Your choices are kept."))
    return redirect(url_for(".choices"), code=303)


def _mails() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings().mail_server)


def _sentence(line: queries.NoticeLine) -> str:
    return wording.sentence(line, gettext, short_day)


def _reason(line: queries.NoticeLine) -> str:
    return wording.reason(line, gettext)
