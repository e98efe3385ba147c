"""People: entered, invited, changed, kept out and let in again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.people.forms import GIVE, DetailsForm, EndAccessForm, EntryForm, PlainForm
from web.administration.people.links import address_sent, link_sent
from web.administration.sections import OfficeRoom, Section
from web.intake.numbers import number_of
from web.wording import plainly
from workflow.bodies.page import body_names
from workflow.errors import Invalid
from workflow.free_text import line
from workflow.offices.appointments import waiting_acts
from workflow.offices.succession import LeftOpen, left_open
from workflow.people.accounts import access
from workflow.people.accounts.acts import AccountOutcome
from workflow.people.accounts.acts import waiting as waiting_on_accounts
from workflow.people.accounts.details import change, details_of, enter
from workflow.people.accounts.invitations import nobodys_password
from workflow.people.accounts.links import ask_for_link
from workflow.people.passwords import hash_password
from workflow.people.queries import OfficeTerm, PersonPage, people_list, person_page
from workflow.vocabulary import ADMINISTRATOR

A_PAGE = 50
bp = OfficeRoom(
    "keeping_people",
    __name__,
    "people",
    Section(
        "keeping_people.index",
        lazy_gettext("People"),
        lazy_gettext("Invite, change, keep out; appoint to offices"),
        "users",
        20,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Everybody by name, or those whose name or address holds what is looked for."""
    asked = line(request.args.get("q", ""))[:200]
    after = (request.args.get("after", ""), number_of(request.args, "id") or 0)
    with engine().reading() as session:
        people = people_list(session, now().date(), after=after, limit=A_PAGE + 1, like=asked)
        bodies = body_names(session)
    return render_template(
        "administration/people/index.html",
        bodies=bodies,
        people=people[:A_PAGE],
        more=people[A_PAGE:],
        asked=asked,
        wanted={"role": request.args.get("role", ""), "party": request.args.get("party", "")},
    )


@bp.get("/new")
@role(ADMINISTRATOR)
def new() -> ResponseReturnValue:
    """Ask who it is."""
    return _asked(EntryForm(formdata=None))


@bp.post("/new")
@role(ADMINISTRATOR)
def add() -> ResponseReturnValue:
    """Enter somebody, and invite them unless a first password is given."""
    form = EntryForm()
    if not form.validate_on_submit():
        return _asked(form), 422
    given = form.way.data == GIVE
    try:
        hashed = hash_password(form.password.data or "") if given else nobodys_password()
        with engine().transaction() as session:
            number = enter(
                session, form.details(), hashed, by=person().id, now=now(), temporary=given
            )
            came = AccountOutcome(number) if given else _asked_for(session, number)
    except Invalid as refusal:
        say(form, refusal)
        return _asked(form), 422
    if came.token:
        return invitation_page(came)
    flash(gettext("%(name)s can sign in, and is asked for another password.", name=form.name.data))
    return redirect(url_for(".show", person_id=number), code=303)


@bp.get("/<int:person_id>")
@role(ADMINISTRATOR)
def show(person_id: int) -> ResponseReturnValue:
    """Everything about one person that an administrator keeps."""
    return _shown(person_id)


@bp.post("/<int:person_id>/details")
@role(ADMINISTRATOR)
def keep_details(person_id: int) -> ResponseReturnValue:
    """Change what is known of somebody."""
    form = DetailsForm()
    if not form.validate_on_submit():
        return _shown(person_id, details=form), 422
    try:
        with engine().transaction() as session:
            came = change(
                session, person_id, form.details(), by=person().id, now=now(),
                mail=bool(settings().mail_server),
            )  # fmt: skip
    except Invalid as refusal:
        say(form, refusal)
        return _shown(person_id, details=form), 422
    say_of_address(came)
    flash(gettext("What is known of %(name)s is kept.", name=form.name.data))
    return redirect(url_for(".show", person_id=person_id), code=303)


@bp.post("/<int:person_id>/invitation")
@role(ADMINISTRATOR)
def invite_again(person_id: int) -> ResponseReturnValue:
    """Make a link to choose a password, for the first time or because one was forgotten."""
    if not PlainForm().validate_on_submit():
        return _shown(person_id), 422
    try:
        with engine().transaction() as session:
            came = _asked_for(session, person_id)
    except Invalid as refusal:
        return _shown(person_id, refused=plainly(refusal.said)), 422
    if came.token:
        return invitation_page(came)
    flash(gettext("The link waits for a second administrator; nothing has changed."))
    return redirect(url_for(".show", person_id=person_id), code=303)


@bp.post("/<int:person_id>/end-of-access")
@role(ADMINISTRATOR)
def keep_out(person_id: int) -> ResponseReturnValue:
    """End somebody's access at once."""
    form = EndAccessForm()
    if not form.validate_on_submit():
        return _shown(person_id, ending=form), 422
    try:
        with engine().transaction() as session:
            access.end_access(session, person_id, form.reason.data or "", by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return _shown(person_id, ending=form), 422
    flash(gettext("Access is ended. The next request of theirs is refused."))
    return redirect(url_for(".show", person_id=person_id), code=303)


@bp.post("/<int:person_id>/access")
@role(ADMINISTRATOR)
def let_in(person_id: int) -> ResponseReturnValue:
    """Restore somebody's access."""
    if not PlainForm().validate_on_submit():
        return _shown(person_id), 422
    with engine().transaction() as session:
        access.restore_access(session, person_id, by=person().id, now=now())
    flash(gettext("Access is restored."))
    return redirect(url_for(".show", person_id=person_id), code=303)


@bp.post("/<int:person_id>/sign-out")
@role(ADMINISTRATOR)
def sign_out_everywhere(person_id: int) -> ResponseReturnValue:
    """End every session of somebody."""
    if not PlainForm().validate_on_submit():
        return _shown(person_id), 422
    with engine().transaction() as session:
        access.sign_out_everywhere(session, person_id, by=person().id, now=now())
    flash(gettext("Every browser is signed out."))
    return redirect(url_for(".show", person_id=person_id), code=303)


def _asked(form: EntryForm) -> str:
    return render_template("administration/people/new.html", form=form)


def _asked_for(session: Session, person_id: int) -> AccountOutcome:
    mail = bool(settings().mail_server)
    return ask_for_link(session, person_id, by=person().id, now=now(), mail=mail)


def invitation_page(came: AccountOutcome) -> str:
    """The page that says that a letter brings a link, or shows the link once where mail is off."""
    return render_template(
        "administration/people/invited.html", sent=link_sent(engine(), settings(), came)
    )


def say_of_address(came: AccountOutcome) -> None:
    """Say what another address waits for, and whether the letter about it left."""
    trouble = address_sent(engine(), settings(), came)
    if trouble:
        flash(gettext("The letter about the address did not leave: %(trouble)s", trouble=trouble))
    elif came.token:
        flash(gettext("A letter to the address that is known asks for agreement to the new one."))
    elif came.waits:
        flash(gettext("The new address waits for a second administrator; it has not changed."))


def _shown(
    person_id: int,
    details: DetailsForm | None = None,
    ending: EndAccessForm | None = None,
    refused: str = "",
) -> str:
    with engine().reading() as session:
        page = person_page(session, person_id, now().date())
        known = details_of(session, person_id)
        offices = waiting_acts(session, person().id, now().date())
        accounts = waiting_on_accounts(session, person().id, now())
        left, bodies = _left_open(session, page), body_names(session)
    return render_template(
        "administration/people/show.html",
        bodies=bodies,
        page=page,
        details=details or DetailsForm(formdata=None, obj=known),
        ending=ending or EndAccessForm(formdata=None),
        waiting=sum(each.person_id == person_id and not each.lapsed for each in offices)
        + sum(each.person_id == person_id and not each.lapsed for each in accounts),
        refused=refused,
        left=left,
    )


def _left_open(session: Session, page: PersonPage) -> list[tuple[OfficeTerm, LeftOpen]]:
    """What the appointments of somebody leave open that have ended, or come to an end."""
    over = page.disabled_at is not None
    ending = [*page.earlier, *(term for term in page.current if term.ends_on or over)]
    found = (
        (term, left_open(session, engine(), term.office.appointment_id, person().id, now().date()))
        for term in ending
    )
    return [(term, left) for term, left in found if left]
