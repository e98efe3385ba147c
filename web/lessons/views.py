"""Lessons that were validated, the newest first: found, read and taken away."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.lessons.csv_rows import lessons_file
from web.lessons.query_args import address, filters_of
from web.lessons.words import goal_name, goal_title, language_name, modality_name, options
from workflow.lessons.choices import choices
from workflow.lessons.lines import every_lesson, lessons
from workflow.lessons.page import lesson

bp = Blueprint("lessons", __name__)
for each in (goal_name, goal_title, language_name, modality_name, options):
    bp.add_app_template_filter(each)


@bp.get("/lessons")
@signed_in
def index() -> ResponseReturnValue:
    """The lessons that the person may know of, as narrowed, from one line on."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = lessons(session, person().id, filters, now())
        offered = choices(session)
    return render_template("lessons/index.html", page=page, choices=offered, address=address)


@bp.get("/lessons.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The lessons of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        return carry(lessons_file(every_lesson(session, person().id, filters, now())))


@bp.get("/lessons/<ref>")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """One lesson that was validated, as everybody reads it."""
    with engine().reading() as session:
        found = lesson(session, engine(), person().id, ref)
    return render_template("lessons/show.html", lesson=found)
