"""Acts on what countries share: entered and worded by one, decided by another, kept, withdrawn, used."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from web.access import engine, lasting_engine, now, person, settings, signed_in
from web.administration.acts import done, say
from web.filters import short_day
from web.orders.after_erasure import follow
from web.solutions.forms import ActOnEntry, DecisionForm, EntryForm, UseForm, WithdrawalForm
from web.solutions.views import shown
from workflow.erasure.withdrawal import withdraw
from workflow.errors import Invalid, NotAuthorised
from workflow.phrase import phrase
from workflow.sharing.decide import confirm, decline
from workflow.sharing.entries import HOLDS
from workflow.sharing.offered import institutions_of, spoken_for
from workflow.sharing.page import EntryPage, entry_page
from workflow.sharing.renewal import keep
from workflow.sharing.uses import use, use_no_more
from workflow.sharing.word import SharingWish, change, enter

bp = Blueprint("sharing", __name__)
KIND = "/solutions/new/<any(solution, institution, expert):kind>"
ENTRY = "/solutions/<int:number>"


@bp.get(KIND)
@signed_in
def new(kind: str) -> ResponseReturnValue:
    """The form to enter what one's country shares."""
    return _asked(kind, _offered(kind))


@bp.post(KIND)
@signed_in
def begin(kind: str) -> ResponseReturnValue:
    """Enter it; it waits for a second person."""
    form = _offered(kind)
    made: list[int] = []

    def entered(session: Session, by: int, at: datetime) -> None:
        wish = SharingWish(kind, form.party.data, form.content(), form.agreed())
        made.append(enter(session, wish, by=by, now=at))

    if not done(form, entered):
        return _asked(kind, form), 422
    flash(gettext("It is entered. It is listed once a second person has confirmed it."))
    return redirect(url_for("solutions.show", number=made[0]), code=303)


@bp.get(f"{ENTRY}/wording")
@signed_in
def reword(number: int) -> ResponseReturnValue:
    """The form to word an entry anew."""
    page = _page(number)
    form = _of(page)
    form.seen.data = page.wording
    if page.newest is not None:
        form.fill(page.newest)
    return _asked(page.kind, form, page)


@bp.post(f"{ENTRY}/wording")
@signed_in
def word_anew(number: int) -> ResponseReturnValue:
    """Word it anew; what is listed stays until a second person has confirmed that."""
    page = _page(number)
    form = _of(page)

    def changed(session: Session, by: int, at: datetime) -> None:
        seen, consent = form.seen.data or 0, form.agreed()
        change(session, number, form.content(), seen, by=by, now=at, consent=consent)

    if not done(form, changed):
        return _asked(page.kind, form, page), 422
    flash(
        gettext("It is worded anew. What is listed stays until a second person has confirmed it.")
    )
    return redirect(url_for("solutions.show", number=number), code=303)


@bp.post(f"{ENTRY}/confirmation")
@signed_in
def second(number: int) -> ResponseReturnValue:
    """Confirm the wording that waits."""
    form = DecisionForm()

    def confirmed(session: Session, by: int, at: datetime) -> str:
        until = confirm(session, number, form.wording.data, by=by, now=at)
        return gettext("Confirmed. %(listed)s", listed=_listed(until, at))

    return _acted(number, form, confirmed)


@bp.post(f"{ENTRY}/refusal")
@signed_in
def refuse(number: int) -> ResponseReturnValue:
    """Decline the wording that waits, with the reason."""
    form = DecisionForm()

    def declined(session: Session, by: int, at: datetime) -> str:
        decline(session, number, form.wording.data, form.reason.data or "", by=by, now=at)
        return gettext("Declined.")

    return _acted(number, form, declined)


@bp.post(f"{ENTRY}/standing")
@signed_in
def still_holds(number: int) -> ResponseReturnValue:
    """Say that the entry still holds."""

    def kept(session: Session, by: int, at: datetime) -> str:
        until = keep(session, number, by=by, now=at)
        return gettext("Recorded. %(listed)s", listed=_listed(until, at))

    return _acted(number, ActOnEntry(), kept)


@bp.post(f"{ENTRY}/withdrawal")
@signed_in
def take_away(number: int) -> ResponseReturnValue:
    """Withdraw the entry for good, with everything that it said."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return shown(number, sent=form, status=422)
    made = withdraw(engine(), person().id, number)
    follow(lasting_engine(), settings(), made)
    flash(gettext("It is withdrawn. What it said is erased, here and from every list."))
    return redirect(url_for("solutions.index"), code=303)


@bp.post(f"{ENTRY}/uses")
@signed_in
def used(number: int) -> ResponseReturnValue:
    """Say that a programme uses it."""
    form = UseForm()
    if not form.validate_on_submit():
        return shown(number, sent=form, status=422)
    try:
        use(engine(), person().id, number, form.ref.data)
    except Invalid as refusal:
        say(form, refusal)
        return shown(number, sent=form, status=422)
    flash(gettext("Recorded on the history of %(ref)s.", ref=form.ref.data))
    return redirect(url_for("solutions.show", number=number), code=303)


@bp.post(f"{ENTRY}/uses/<ref>/end")
@signed_in
def used_no_more(number: int, ref: str) -> ResponseReturnValue:
    """Take back that a programme uses it."""
    use_no_more(engine(), person().id, number, ref)
    flash(gettext("Taken back, and told on the history of %(ref)s.", ref=ref))
    return redirect(url_for("solutions.show", number=number), code=303)


def _listed(until: date, at: datetime) -> str:
    """Up to which day an entry is listed, and what ends then: a year, or the consent of the expert."""
    if until < at.date() + HOLDS:
        return gettext(
            "It is listed to the end of the consent of the expert, %(day)s.", day=short_day(until)
        )
    return gettext("It is listed for a year, to %(day)s.", day=short_day(until))


def _acted(
    number: int, form: FlaskForm, act: Callable[[Session, int, datetime], str]
) -> ResponseReturnValue:
    """The page after an act, with what the act says of itself once it is done."""
    said: list[str] = []
    if not done(form, lambda *known: said.append(act(*known))):
        return shown(number, sent=form, status=422)
    flash(said[0])
    return redirect(url_for("solutions.show", number=number), code=303)


def _page(number: int) -> EntryPage:
    """The entry for whoever words it; refuses everybody else."""
    with engine().reading() as session:
        page = entry_page(session, person().id, number, now())
    if not page.speaks:
        raise NotAuthorised(
            phrase(
                "What a country shares is entered and kept by its focal point or its national authority."
            )
        )
    return page


def _of(page: EntryPage) -> EntryForm:
    form = EntryForm()
    with engine().reading() as session:
        houses = institutions_of(session, (page.party,), now().date())
    form.offer(page.kind, [(page.party, page.country)], houses)
    form.party.data = page.party
    return form


def _offered(kind: str) -> EntryForm:
    form = EntryForm()
    with engine().reading() as session:
        countries = spoken_for(session, person().id, now().date())
        houses = institutions_of(session, [key for key, _ in countries], now().date())
    if not countries:
        raise NotAuthorised(
            phrase(
                "What a country shares is entered and kept by its focal point or its national authority."
            )
        )
    form.offer(kind, countries, houses)
    return form


def _asked(kind: str, form: EntryForm, page: EntryPage | None = None) -> str:
    return render_template("solutions/edit.html", kind=kind, form=form, page=page)
