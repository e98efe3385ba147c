"""What does not keep to the checks of a form while it is still being typed: told, and not kept."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from web.access import engine, signed_in
from web.documents.forms import FieldsForm
from web.documents.views import barred, read_form, section_of
from workflow.engine.documents.above.kept import own
from workflow.engine.documents.checked import held_against

bp = Blueprint("hints", __name__, url_prefix="/programmes/<ref>/documents/<kind>")


@bp.post("/edit/<section>/hints")
@signed_in
def show(ref: str, kind: str, section: str) -> ResponseReturnValue:
    """By the id of each field of the section, what is to be said at it as it is typed now."""
    page = read_form(ref, kind)
    if page.barred is not None:
        return barred(page)
    form = FieldsForm(section_of(page, section).fields, page.offered).typed(request.form)
    form.validate()
    with engine().reading() as session:
        typed = form.merged(page.content)
        held = held_against(session, page.case.id, page.case.definition, page.kind, own(typed))
    form.noted(held)
    return jsonify({field.id: [*map(str, field.errors), *field.notes] for field in form})
