"""The forms about records: to place one, to bring a paper in, and to act on several."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.fields import FileField, SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from web.administration.texts import NEEDED, as_line
from web.intake.choice import OpenChoice
from web.intake.reason import reason_field
from web.reviews.forms import ActForm
from workflow.programmes.adoption.batch import MERGE
from workflow.programmes.adoption.differences import DecideDifference
from workflow.programmes.adoption.placement import PlaceRecord
from workflow.programmes.adoption.record_page import AdoptionPage, WantedPaper
from workflow.reference import reference


class PlaceForm(ActForm):
    """Checks the shape of a placing; whether the record may live on there is the engine's call."""

    known = False

    state = SelectField(
        lazy_gettext("State in which it would live on"), validators=[InputRequired(NEEDED)]
    )
    executing_agency = SelectField(
        lazy_gettext("Executing agency"),
        description=lazy_gettext("It confirms the record. Leave it as it is if nobody knows."),
    )
    beneficiary = SelectMultipleField(
        lazy_gettext("Participating countries"),
        description=lazy_gettext("Each of them confirms the record."),
    )

    lead = SelectMultipleField(
        lazy_gettext("Lead countries"),
        description=lazy_gettext(
            "Each of them confirms the record as well. Choose none if none leads."
        ),
    )

    donor = SelectMultipleField(
        lazy_gettext("Donors"),
        description=lazy_gettext("They are not asked to confirm the record."),
    )

    def offer(self, page: AdoptionPage) -> None:
        """Offer what may be chosen on this record, and what it says now."""
        self.state.choices = [SelectChoice(each.key, each.label) for each in page.states]
        unknown = SelectChoice("", lazy_gettext("As it is"))
        agencies = [SelectChoice(key, name) for key, name in page.agencies]
        self.executing_agency.choices = [unknown, *agencies]
        countries = sorted(reference().countries.values(), key=lambda each: each.name)
        for field in (self.beneficiary, self.lead, self.donor):
            field.choices = [SelectChoice(each.iso3.lower(), each.name) for each in countries]
        self.donor.choices += [SelectChoice(key, name) for key, name in page.donors]
        self.known = bool(page.parties.get("beneficiary"))

    def show(self, page: AdoptionPage) -> None:
        """Begin with what the record says."""
        known = {key for key, _ in page.agencies}
        agency = [key for key in page.parties.get("executing_agency", ()) if key in known]
        self.state.data = page.case.state
        self.executing_agency.data = agency[0] if agency else ""
        self.beneficiary.data = list(page.parties.get("beneficiary", ()))
        self.lead.data = list(page.parties.get("lead", ()))
        self.donor.data = list(page.parties.get("donor", ()))
        self.renew(page.case.version)

    def command(self, ref: str) -> PlaceRecord:
        """The placing in the words of the house; a part that was left as it is is not named.

        Where no country was known and none is chosen, none is named either.
        """
        agency, countries = self.executing_agency.data, tuple(self.beneficiary.data or ())
        parties = {"lead": tuple(self.lead.data or ()), "donor": tuple(self.donor.data or ())}
        if countries or self.known:
            parties["beneficiary"] = countries
        if agency:
            parties["executing_agency"] = (agency,)
        return PlaceRecord(
            ref=ref,
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            state=self.state.data or "",
            parties=parties,
        )


class PaperForm(FlaskForm):
    """Checks the shape of a paper that is brought in."""

    kind = OpenChoice(lazy_gettext("What it is"), validators=[InputRequired(NEEDED)])
    dated = DateField(
        lazy_gettext("The day it bears"),
        validators=[InputRequired(lazy_gettext("Enter the day that the paper bears."))],
    )
    file = FileField(lazy_gettext("File"))

    def offer(self, papers: tuple[WantedPaper, ...]) -> None:
        """Offer the papers that some state asks for, first those that are asked for now."""
        ordered = sorted(papers, key=lambda each: not each.asked)
        self.kind.choices = [SelectChoice(each.kind.key, each.kind.label) for each in ordered]

    @property
    def day(self) -> date:
        """The day that the paper bears."""
        return self.dated.data or date.min


class DifferenceForm(ActForm):
    """Checks the shape of a decision on what a later file says."""

    accept = SelectField(
        choices=[SelectChoice("yes", "yes"), SelectChoice("no", "no")],
        validators=[InputRequired(NEEDED)],
    )

    def command(self, ref: str, number: int) -> DecideDifference:
        """The decision in the words of the house."""
        return DecideDifference(
            ref=ref,
            number=number,
            accept=self.accept.data == "yes",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            reason=self.reason.data or "",
        )


def _said_for_a_merging(form: FlaskForm, field: StringField) -> None:
    """Refuse a merging that does not say under which record."""
    if form["act"].data == MERGE and not field.data:
        raise ValidationError(NEEDED)


class BatchForm(FlaskForm):
    """Checks the shape of an act on several records."""

    act = OpenChoice(
        lazy_gettext("What to do with the chosen"),
        choices=[
            SelectChoice("adoption", lazy_gettext("Put them to those who confirm a record")),
            SelectChoice("record_only", lazy_gettext("Keep them as records only")),
            SelectChoice(
                "merge", lazy_gettext("Propose that they come under another one of the same effort")
            ),
        ],
        validators=[InputRequired(NEEDED)],
    )
    into = StringField(
        lazy_gettext("The one that lives on"),
        filters=[as_line],
        validators=[Length(max=40), _said_for_a_merging],
        description=lazy_gettext("Its reference; for merging alone."),
    )
    reason = reason_field(NEEDED)
