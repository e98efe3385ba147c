"""The lifecycles, and one version of one."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from web import filters
from web.access import engine, person, signed_in
from web.health.installation import TOLD
from web.lifecycles.files import TYPES, WRITERS
from web.lifecycles.migration import may_move
from web.lifecycles.whole import whole
from workflow.engine.published.difference_page import difference_page
from workflow.engine.published.versions import lifecycles, version, versions
from workflow.frameworks.queries import framework_names
from workflow.lifecycles.parentage.across import opened_by
from workflow.programmes.alone import begins_alone, offices_for
from workflow.programmes.outline import offers
from workflow.publication.page import register_page
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("lifecycles", __name__, url_prefix="/lifecycles")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Every lifecycle that is offered, and for what it is."""
    with engine().reading() as session:
        found = lifecycles(session, engine())
        names = framework_names(session)
    about = engine().domain.subject
    begun = [each.definition for each in found if each.definition.subject == about]
    told = {each.key: each for each in offers(begun, {}, names)}
    return render_template("lifecycles/index.html", offered=found, told=told)


@bp.get("/<key>")
@bp.get("/<key>/versions/<mark>")
@signed_in
def show(key: str, mark: str = "") -> ResponseReturnValue:
    """One version whole: its course, who may do what when, and the other versions."""
    with engine().reading() as session:
        found = versions(session, engine(), key)
        offered = tuple(each.definition for each in lifecycles(session, engine()))
        register = register_page(session, engine(), key, person().id)
    shown = version(found, mark)
    return render_template(
        "lifecycles/show.html",
        shown=shown,
        register=register,
        keeps=person().holds(ADMINISTRATOR),
        opened_by=opened_by(key, offered),
        titles={each.key: each.title for each in offered},
        asks_of_people=person().holds(*TOLD),
        begins=shown.offered
        and begins_alone(shown.definition)
        and bool(offices_for(shown.definition, person().offices)),
        **whole(shown.definition),
    )


@bp.get("/<key>/versions/<mark>/difference/<other>")
@signed_in
def difference(key: str, mark: str, other: str) -> ResponseReturnValue:
    """How another version differs from one, in words, and how many open cases wait in each change."""
    with engine().reading() as session:
        page = difference_page(
            session, engine(), (f"{key}@{mark}", f"{key}@{other}"), person().id, engine().now()
        )
    moves = may_move() and page.before != page.now
    return render_template("lifecycles/difference.html", page=page, moves=moves)


@bp.get("/<key>/versions/<mark>/course.<any(bpmn, svg):ending>")
@signed_in
def download(key: str, mark: str, ending: str) -> ResponseReturnValue:
    """The course of one version as a file: a picture, or BPMN for other programs."""
    with engine().reading() as session:
        shown = version(versions(session, engine(), key), mark)
    written = WRITERS[ending](shown.definition, filters.word)
    answer = Response(written, mimetype=TYPES[ending])
    answer.headers.set("Content-Disposition", "attachment", filename=f"course.{ending}")
    return answer
