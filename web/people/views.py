"""Who holds which role for whom, today and in the past."""

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, settings, signed_in
from web.intake.numbers import number_of
from workflow.bodies.page import body_names
from workflow.engine.documents.file_store import FileStore
from workflow.offices.letters import readable_letter, readable_letters
from workflow.people.accounts.invitations import link_used
from workflow.people.appointments import AUDITOR
from workflow.people.queries import people_list, person_page
from workflow.vocabulary import ADMINISTRATOR, OFFICERS

bp = Blueprint("people", __name__, url_prefix="/people")

A_PAGE = 50
# Who may read how to reach everybody; the others read their own address alone.
NAMED_TO = (ADMINISTRATOR, AUDITOR, *OFFICERS)


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Everybody by name, a page at a time."""
    after = (request.args.get("after", ""), number_of(request.args, "id") or 0)
    with engine().reading() as session:
        people = people_list(session, now().date(), after=after, limit=A_PAGE + 1)
        bodies = body_names(session)
    return render_template(
        "people/index.html",
        people=people[:A_PAGE],
        more=people[A_PAGE:],
        reach=_reached,
        bodies=bodies,
    )


@bp.get("/<int:person_id>")
@signed_in
def show(person_id: int) -> ResponseReturnValue:
    """One person with every office."""
    with engine().reading() as session:
        page = person_page(session, person_id, now().date())
        used = link_used(session, person_id) if person_id == person().id else None
        bodies = body_names(session)
        letters = readable_letters(session, person_id, person().id, now().date())
    return render_template(
        "people/show.html", page=page, reach=_reached, used=used, bodies=bodies, letters=letters
    )


@bp.get("/letters/<int:number>")
@signed_in
def letter(number: int) -> ResponseReturnValue:
    """Hand out a letter of appointment, to be saved and never to be opened as part of this site."""
    with engine().reading() as session:
        file = readable_letter(session, number, person().id, now().date())
    store = FileStore(settings().files, settings().largest_upload)
    answer = send_file(
        store.path(file.digest), mimetype=file.media_type, as_attachment=True,
        download_name=file.filename, etag=False, conditional=False,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _reached(whose: int) -> bool:
    """Whether the e-mail address of a person may be read by who looks."""
    return whose == person().id or person().holds(*NAMED_TO)
