"""The frameworks, and one of them with who wants to lead where."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.frameworks.matrix import matrix
from web.frameworks.words import dollars, drawn, source_called, step_called, step_said
from workflow.framework_pages.page import spine
from workflow.frameworks.adopted import SUBJECT as FRAMEWORK
from workflow.frameworks.queries import framework_list
from workflow.programmes.alone import alone, offices_for
from workflow.programmes.lists.counts import stages_by_framework
from workflow.programmes.lists.other_cases import cases_about
from workflow.vocabulary import Stage

bp = Blueprint("frameworks", __name__, url_prefix="/frameworks")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Every framework with its programmes by stage, the newest first."""
    with engine().reading() as session:
        frameworks = framework_list(session)
        counts = stages_by_framework(session, person().id, now())
        cases = cases_about(session, engine(), person().id, FRAMEWORK, now())
    begun_on = [
        each
        for each in alone(engine())
        if each.subject == FRAMEWORK and offices_for(each, person().offices)
    ]
    return render_template(
        "frameworks/index.html",
        frameworks=frameworks,
        counts=counts,
        stages=tuple(Stage),
        cases=cases,
        begun_on=begun_on,
    )


@bp.get("/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """One framework whole: its course, what waits, its areas, its money and its programmes."""
    with engine().reading() as session:
        page = spine(session, engine(), person().id, key, now())
    return render_template(
        "frameworks/show.html",
        spine=page,
        page=page.page,
        countries=page.countries,
        table=matrix(page.page.line.areas, page.countries),
        stages=tuple(Stage),
        dollars=dollars,
        drawn=drawn,
        source_called=source_called,
        step_called=step_called,
        step_said=step_said,
    )
