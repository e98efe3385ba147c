"""The frameworks, and one of them with who wants to lead where."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.frameworks.matrix import matrix
from workflow.frameworks.adopted import SUBJECT as FRAMEWORK
from workflow.frameworks.queries import framework_list, framework_page
from workflow.people.queries import pivotal_countries
from workflow.programmes.alone import alone, offices_for
from workflow.programmes.lists.counts import stages_by_framework
from workflow.programmes.lists.other_cases import case_called, cases_about
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
    """One framework with its areas, and which pivotal country wants to lead in which of them."""
    with engine().reading() as session:
        page = framework_page(session, key)
        countries = pivotal_countries(session, now().date())
        counts = stages_by_framework(session, person().id, now()).get(key, {})
        course = case_called(session, engine(), person().id, FRAMEWORK, key, now())
    return render_template(
        "frameworks/show.html",
        page=page,
        countries=countries,
        table=matrix(page.line.areas, countries),
        counts=counts,
        stages=tuple(Stage),
        course=course,
    )
