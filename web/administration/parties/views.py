"""Parties: the directory, and each with what it may do."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, now, person, role
from web.administration.acts import done
from web.administration.parties.forms import ContactForm, CountryForm, DescriptionForm, PartyForm
from web.administration.sections import OfficeRoom, Section
from web.intake.numbers import number_of
from workflow.offices.reporting.page import reporting_page
from workflow.people.calendars.kept import calendars_on
from workflow.people.directory.arrivals import enter_country
from workflow.people.directory.descriptions import ENTERED, describe_party, enter_party
from workflow.people.directory.page import PartyEntry, party_entries, party_entry
from workflow.people.reporting.months import year_told
from workflow.reference import choices
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "parties",
    __name__,
    "parties",
    Section(
        "parties.index",
        lazy_gettext("Parties"),
        lazy_gettext("Countries, agencies that execute, donors that give, and others"),
        "building",
        20,
    ),
)
A_PAGE = 50


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """The directory by name, a page at a time."""
    return _listed(PartyForm(None), _countries(CountryForm(None, prefix="taken-")))


@bp.post("")
@role(ADMINISTRATOR)
def enter() -> ResponseReturnValue:
    """Enter a party that is no country."""
    form = PartyForm()

    def entered(session: Session, by: int, at: datetime) -> None:
        enter_party(session, form.key.data, form.whole(), by=by, now=at)

    if not done(form, entered):
        return _listed(form, _countries(CountryForm(None, prefix="taken-"))), 422
    flash(gettext("The party is entered."))
    return redirect(url_for(".show", key=form.key.data.lower()), code=303)


@bp.post("/countries")
@role(ADMINISTRATOR)
def take_country() -> ResponseReturnValue:
    """Enter a country from the reference list."""
    form = _countries(CountryForm(prefix="taken-"))

    def entered(session: Session, by: int, at: datetime) -> None:
        enter_country(session, form.country.data, by=by, now=at)

    if not done(form, entered):
        return _listed(PartyForm(None), form), 422
    flash(gettext("The country is entered."))
    return redirect(url_for(".show", key=form.country.data), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """One party, with the form to change what is known of it."""
    entry = _entry(key)
    return _shown(entry, _form(entry, data={**_said(entry), "languages": entry.languages.split()}))


@bp.post("/<key>")
@role(ADMINISTRATOR)
def change(key: str) -> ResponseReturnValue:
    """Change what is known of a party; a country and an office keep their kind and name."""
    entry = _entry(key)
    form = _form(entry)

    def changed(session: Session, by: int, at: datetime) -> None:
        said = (
            form.whole()
            if isinstance(form, DescriptionForm)
            else form.described(entry.kind, entry.name)
        )
        describe_party(session, entry.id, said, by=by, now=at)

    if not done(form, changed):
        return _shown(entry, form), 422
    flash(gettext("It is changed."))
    return redirect(url_for(".show", key=key), code=303)


def _form(entry: PartyEntry, **options: Any) -> ContactForm:
    """The form of a party as sent, or with `data`; of a country and an office not all is ours to say."""
    kind = DescriptionForm if entry.kind in ENTERED else ContactForm
    return kind(None, **options) if options else kind()


def _shown(entry: PartyEntry, form: ContactForm) -> str:
    with engine().reading() as session:
        calendar = calendars_on(session, [entry.id], now().date()).get(entry.id)
        reporting = reporting_page(session, entry.key, now().date(), person().id)
    return render_template(
        "administration/parties/show.html",
        entry=entry,
        form=form,
        own=entry.kind in ENTERED,
        calendar=calendar,
        reporting=reporting,
        year_told=year_told,
    )


def _entry(key: str) -> PartyEntry:
    with engine().reading() as session:
        return party_entry(session, key)


def _said(entry: PartyEntry) -> dict[str, object]:
    names = ("name", "kind", "executes", "gives", "contact")
    return {name: getattr(entry, name) for name in names}


def _listed(form: PartyForm, taking: CountryForm) -> str:
    after = (request.args.get("after", ""), number_of(request.args, "id") or 0)
    with engine().reading() as session:
        entries = party_entries(session, after=after, limit=A_PAGE + 1)
    return render_template(
        "administration/parties/index.html",
        entries=entries[:A_PAGE],
        more=entries[A_PAGE:],
        form=form,
        taking=taking,
    )


def _countries(form: CountryForm) -> CountryForm:
    countries = [(iso3.lower(), name) for iso3, name in choices("countries")]
    form.country.choices = [("", ""), *countries]
    return form
