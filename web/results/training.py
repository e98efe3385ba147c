"""The training of a programme in figures: on a page, and to be taken away."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.frame import in_words_of
from web.tables.comma_separated import comma_separated
from workflow.programmes.training.page import TrainingPage, training_page

bp = Blueprint("training", __name__)

TRAINING = "/programmes/<ref>/training"
COLUMNS = ("course", "title", "institution", "begins", "held", "country", "places", "women", "men")


@bp.get(TRAINING)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """Each course with its places and who came, and every country over all courses."""
    page = _page(ref)
    in_words_of(page.case.definition)
    return render_template("training/show.html", page=page)


@bp.get(f"{TRAINING}.csv")
@signed_in
def export(ref: str) -> ResponseReturnValue:
    """One row for each country in each course, to be taken away."""
    page = _page(ref)
    rows = (
        (
            course.number, course.title, course.institution,
            course.begins.isoformat() if course.begins else "",
            "yes" if course.held else "no", each.country, each.places, each.women, each.men,
        )
        for course in page.courses
        for each in course.countries
    )  # fmt: skip
    return carry(comma_separated(f"{ref}-training.csv", COLUMNS, rows))


def _page(ref: str) -> TrainingPage:
    with engine().reading() as session:
        return training_page(session, engine(), person().id, ref)
