"""The lessons that are offered to a programme: each is said to be used, or not to be for it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, signed_in
from web.errors import status_of
from web.frame import in_words_of
from web.lessons.forms import LessonForm
from web.wording import plainly
from workflow.errors import Invalid, NotFound, Refusal
from workflow.lessons.programme import LessonsForProgramme, lessons_for
from workflow.lessons.weigh import refuse_apart, weigh

bp = Blueprint("lesson_offers", __name__)
ADDRESS = "/programmes/<ref>/lessons"


@bp.get(ADDRESS)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """The lessons offered to a programme with why, and what was said of them."""
    return _shown(ref)


@bp.post(ADDRESS)
@signed_in
def say(ref: str) -> ResponseReturnValue:
    """Take what somebody says of one lesson; the engine alone says whether it stands.

    Whoever takes no part is refused before anything that was sent is read.
    """
    with engine().reading() as session:
        refuse_apart(session, person().id, ref, now())
    form = LessonForm()
    try:
        form.refuse_misshapen()
        weigh(engine(), person().id, form.command(ref))
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(ref, form, refusal), status_of(refusal)
    flash(gettext("Recorded on the history of the programme."))
    return redirect(url_for(".show", ref=ref), code=303)


def _shown(ref: str, sent: LessonForm | None = None, refusal: Refusal | None = None) -> str:
    with engine().reading() as session:
        page = lessons_for(session, engine(), person().id, ref)
    in_words_of(page.followed)
    faults = refusal.faults.values() if isinstance(refusal, Invalid) else ()
    said = (refusal.said, *faults) if refusal else ()
    return render_template(
        "lessons/offered.html",
        page=page,
        problem=" ".join(map(plainly, said)),
        form_of=_forms(page, sent),
        about=sent.lesson.data if sent else "",
    )


def _forms(page: LessonsForProgramme, sent: LessonForm | None) -> Callable[[str], LessonForm]:
    """The form of a lesson: the one that was sent, as it was, or a fresh one."""

    def form_of(lesson: str) -> LessonForm:
        mine = sent is not None and sent.lesson.data == lesson
        form = sent if sent is not None and mine else LessonForm(None)
        form.keep(page.version, key=mine)
        return form

    return form_of
