"""The page of the officers' desk."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, role
from web.programmes.query_args import LONGEST_CURSOR
from workflow.approaches.ages import AGES, approach_ages
from workflow.programmes.lists.case_desk import MOST, case_desk
from workflow.programmes.lists.other_cases import open_cases
from workflow.vocabulary import OFFICERS, STAGES

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@role(*OFFICERS)
def index() -> ResponseReturnValue:
    """Every open case that asks something of somebody, what stands longest first."""
    asked = request.args.get("stage", "")
    stage = next((each for each in STAGES if each.value == asked), None)
    after = request.args.get("after", "")[:LONGEST_CURSOR]
    with engine().reading() as session:
        page = case_desk(session, engine(), person().id, stage, after, now())
        others = () if after else open_cases(session, engine(), person().id, stage, now())
        ages = None if after or stage else approach_ages(session, engine(), now())
    chosen = stage.value if stage else None
    return render_template(
        "desk/index.html",
        page=page,
        others=others,
        ages=ages,
        age_limits=AGES,
        most=MOST,
        stages=STAGES,
        now=now(),
        further=url_for(".index", stage=chosen, after=page.next) if page.next else "",
        first=url_for(".index", stage=chosen) if after else "",
    )
