"""Appointments: made, ended and extended, each with the letter that it stands on."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from web import filters
from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.offices.forms import (
    AppointmentForm,
    EndForm,
    ExtensionForm,
    HandOverForm,
    LetterFileForm,
    TieForm,
    WithdrawalForm,
)
from web.wording import plainly
from workflow.engine.documents.file_types import TYPES
from workflow.errors import Invalid
from workflow.offices.appointments import appointment_page, make, moved, parties
from workflow.offices.hand_over import Succession, hand_over
from workflow.offices.letters import LetterFile, letters_of
from workflow.offices.roles import role_book
from workflow.offices.sittings import BodyChoice, body_choices, sitting_on, tie
from workflow.offices.succession import LeftOpen, left_open
from workflow.people.administrators import two_administer
from workflow.people.queries import person_page
from workflow.people.terms.requests import END, EXTEND, Done, roles_of_two, takes_two, wish_about
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("keeping_offices", __name__, url_prefix="/office")


@bp.get("/people/<int:person_id>/appointments/new")
@role(ADMINISTRATOR)
def new(person_id: int) -> ResponseReturnValue:
    """Ask to what, for whom and from when; an address may name the role and the party."""
    form = _form(formdata=None)
    form.starts_on.data = now().date()
    form.role.data = request.args.get("role", "")
    form.party.data = _party(request.args.get("party", ""))
    form.body.data = request.args.get("body", "")
    return _asked(person_id, form)


@bp.post("/people/<int:person_id>/appointments/new")
@role(ADMINISTRATOR)
def appoint(person_id: int) -> ResponseReturnValue:
    """Appoint somebody, or ask a second administrator to confirm it."""
    form = _form()
    if not form.validate_on_submit():
        return _asked(person_id, form), 422
    try:
        with engine().transaction() as session:
            done = make(
                engine(),
                session,
                form.wish(person_id, sitting_on(session, form.body.data or "")),
                by=person().id,
                two_for=settings().four_eyes,
            )
    except Invalid as refusal:
        say(form, refusal)
        return _asked(person_id, form), 422
    return _done(done, person_id, gettext("The appointment is made."))


@bp.get("/appointments/<int:number>")
@role(ADMINISTRATOR)
def show(number: int) -> ResponseReturnValue:
    """One appointment, and what can be done about it."""
    return shown(number)


@bp.post("/appointments/<int:number>/end")
@role(ADMINISTRATOR)
def end(number: int) -> ResponseReturnValue:
    """Let an appointment end with a day."""
    return _moved(number, END, EndForm(), gettext("The appointment ends on that day."))


@bp.post("/appointments/<int:number>/extension")
@role(ADMINISTRATOR)
def extend(number: int) -> ResponseReturnValue:
    """Let an appointment go on until a later day, or without an end."""
    return _moved(number, EXTEND, ExtensionForm(), gettext("The appointment goes on."))


@bp.post("/appointments/<int:number>/body")
@role(ADMINISTRATOR)
def tie_to(number: int) -> ResponseReturnValue:
    """Let an appointment that is tied to no body count on one alone."""
    form = _tying(_choices())
    if not form.validate_on_submit():
        return shown(number, tying=form), 422
    try:
        with engine().transaction() as session:
            two_for = settings().four_eyes
            tie(engine(), session, number, form.body.data, by=person().id, two_for=two_for)
    except Invalid as refusal:
        say(form, refusal)
        return shown(number, tying=form), 422
    flash(gettext("The appointment counts on this body alone."))
    return redirect(url_for(".show", number=number), code=303)


@bp.post("/appointments/<int:number>/hand-over")
@role(ADMINISTRATOR)
def pass_on(number: int) -> ResponseReturnValue:
    """Hand over what an appointment leaves open to a successor in the same office."""
    form = _handing(_left(number))
    if not form.validate_on_submit():
        return shown(number, handing=form), 422
    wish = Succession(number, form.successor.data, form.reason.data or "")
    try:
        with engine().transaction() as session:
            done = hand_over(engine(), session, wish, by=person().id)
    except Invalid as refusal:
        say(form, refusal)
        return shown(number, handing=form), 422
    flash(ngettext("%(num)d seat is handed over.", "%(num)d seats are handed over.", done.seats))
    for said in done.kept_back:
        flash(gettext("A seat stays with the office: %(why)s", why=plainly(said)))
    return redirect(url_for(".show", number=number), code=303)


def _left(number: int) -> LeftOpen:
    with engine().reading() as session:
        return left_open(session, engine(), number, person().id, now().date())


def _handing(left: LeftOpen, **options: None) -> HandOverForm:
    form = HandOverForm(**options)
    form.successor.choices = [(each.person, each.name) for each in left.successors]
    return form


def withdrawal(letters: tuple[LetterFile, ...], **options: None) -> WithdrawalForm:
    """The form that takes back one of the letters that stand."""
    form = WithdrawalForm(**options)
    standing = [each for each in letters if each.withdrawn_at is None]
    form.letter.choices = [(each.id, each.filename) for each in standing]
    return form


def _choices() -> tuple[BodyChoice, ...]:
    with engine().reading() as session:
        return body_choices(session)


def _tying(bodies: tuple[BodyChoice, ...], **options: None) -> TieForm:
    form = TieForm(**options)
    form.body.choices = [("", ""), *((each.key, each.name) for each in bodies)]
    return form


def _moved(number: int, act: str, form: EndForm | ExtensionForm, said: str) -> ResponseReturnValue:
    """Move the end of an appointment, or show it again with what is wrong at its field."""
    if form.validate_on_submit():
        try:
            with engine().transaction() as session:
                wish = wish_about(session, number, act, form.ends_on.data)
                done = moved(engine(), session, wish, by=person().id, two_for=settings().four_eyes)
            return _done(done, wish.person_id, said)
        except Invalid as refusal:
            say(form, refusal)
    ending = form if isinstance(form, EndForm) else None
    longer = form if isinstance(form, ExtensionForm) else None
    return shown(number, ending=ending, longer=longer), 422


def _done(done: Done, person_id: int, said: str) -> ResponseReturnValue:
    if done.waits is None:
        flash(said)
    else:
        flash(_waiting())
    return redirect(url_for("keeping_people.show", person_id=person_id), code=303)


def _waiting() -> str:
    """What is said of an act that waits; where nobody else could confirm it, how somebody can."""
    with engine().reading() as session:
        second = two_administer(session, now().date())
    if second:
        return gettext("This takes a second administrator, who was asked. Nothing has changed yet.")
    return gettext(
        "This takes a second administrator, and there is none. It waits until one is entered on the machine: %(command)s",
        command="primemover user add EMAIL --name NAME --administrator",
    )


def _form(**options: None) -> AppointmentForm:
    """The form with every role and every party there is."""
    form = AppointmentForm(**options)
    with engine().reading() as session:
        book = role_book(session, engine())
        known, bodies = parties(session), body_choices(session)
    spoken = sorted((filters.word(label), key) for key, label in book.labels.items())
    form.role.choices = [("", ""), *((key, label) for label, key in spoken)]
    form.party.choices = [("", ""), *((str(each.id), each.name) for each in known)]
    form.body.choices = [("", ""), *((each.key, each.name) for each in bodies)]
    return form


def _party(key: str) -> str:
    """The party that an address names by its key, as the form knows it."""
    with engine().reading() as session:
        return next((str(each.id) for each in parties(session) if each.key == key), "")


def _asked(person_id: int, form: AppointmentForm) -> str:
    with engine().reading() as session:
        page = person_page(session, person_id, now().date())
        two_for = roles_of_two(session, settings().four_eyes, now().date())
    return render_template("administration/offices/new.html", page=page, form=form, two_for=two_for)


def shown(
    number: int,
    *,
    ending: EndForm | None = None,
    longer: ExtensionForm | None = None,
    handing: HandOverForm | None = None,
    tying: TieForm | None = None,
    filing: LetterFileForm | None = None,
    withdrawing: WithdrawalForm | None = None,
) -> str:
    """The page of an appointment, with the form on it that was sent and refused."""
    with engine().reading() as session:
        page = appointment_page(session, number)
        office = page.term.office.role
        kinds = role_book(session, engine()).bodies(office, page.term.office.party_key)
        letters = letters_of(session, number)
        two = takes_two(session, office, settings().four_eyes, now().date())
    left = _left(number)
    return render_template(
        "administration/offices/show.html",
        page=page,
        today=now().date(),
        ending=ending or EndForm(formdata=None, ends_on=now().date()),
        longer=longer or ExtensionForm(formdata=None),
        left=left,
        handing=handing or _handing(left, formdata=None),
        tying=tying or _tying(_choices(), formdata=None),
        ties=bool(kinds) and not page.body,
        two=two,
        letters=letters,
        filing=filing or LetterFileForm(formdata=None),
        withdrawing=withdrawing or withdrawal(letters, formdata=None),
        most=settings().max_upload_mb,
        accepted=",".join(TYPES),
    )
