"""The discussion of a case: its page, saying something there, and taking it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, signed_in
from web.administration.acts import say as told_at_fields
from web.discussions.forms import RetractForm, SayForm
from web.frame import in_words_of
from web.intake.numbers import number_of
from workflow.discussions.page import DiscussionPage, discussion_page
from workflow.discussions.say import retract, say
from workflow.errors import Invalid, NotAuthorised
from workflow.phrase import phrase

bp = Blueprint("discussions", __name__)

DISCUSSION = "/programmes/<ref>/discussion"


@bp.get(DISCUSSION)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """What was said, the newest on top, with the form to say more."""
    page, form = _page(ref), SayForm(None)
    form.answers.data = number_of(request.args, "answers")
    form.about.data = page.about or ""
    return _shown(page, form)


@bp.post(DISCUSSION)
@signed_in
def add(ref: str) -> ResponseReturnValue:
    """Say something; it stands at once for everybody who may read the section.

    Whoever only reads is refused before anything that was sent is read.
    """
    page = _page(ref)
    if not page.topics and not page.ended:
        raise NotAuthorised(phrase("The discussion is open to those who take part."))
    form = SayForm()
    if not form.validate_on_submit():
        return _shown(page, form), 422
    try:
        number = say(engine(), person().id, form.saying(ref))
    except Invalid as refusal:
        told_at_fields(form, refusal)
        return _shown(page, form), 422
    flash(gettext("It is said. Who may read this section reads it now."))
    return redirect(url_for(".show", ref=ref, _anchor=f"message-{number}"), code=303)


@bp.post(f"{DISCUSSION}/<int:number>/retraction")
@signed_in
def take_back(ref: str, number: int) -> ResponseReturnValue:
    """Take back what one said; a line stays."""
    form = RetractForm()
    if not form.validate_on_submit():
        return _shown(_page(ref), SayForm(None)), 422
    retract(engine(), person().id, ref, number)
    flash(gettext("It is taken back. A line says so, and auditors alone read what it was."))
    return redirect(url_for(".show", ref=ref, _anchor=f"message-{number}"), code=303)


def _page(ref: str) -> DiscussionPage:
    """The page that the address asks for; whoever may read nothing of it is told so."""
    with engine().reading() as session:
        page = discussion_page(
            session,
            engine(),
            ref,
            person().id,
            now(),
            about=request.args.get("about"),
            before=number_of(request.args, "before"),
        )
    in_words_of(page.definition)
    if not page.reads:
        raise NotAuthorised(phrase("The discussion is open to those who take part."))
    return page


def _shown(page: DiscussionPage, form: SayForm) -> str:
    form.offer(page)
    answered = next((each for each in page.messages if each.number == form.answers.data), None)
    return render_template(
        "discussions/show.html",
        page=page,
        form=form,
        answered=answered,
        retracting=RetractForm(None),
    )
