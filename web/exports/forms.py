"""The form of an export: which histories, of which days, in which format."""

from itertools import starmap
from operator import itemgetter
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from web.programmes.query_args import LONGEST
from workflow.exports.export import ExportRequest
from workflow.exports.traces import Period
from workflow.free_text import searched
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.vocabulary import Stage

FORMATS = (
    SelectChoice("xes", lazy_gettext("XES event log")),
    SelectChoice("ocel", lazy_gettext("OCEL 2.0, JSON")),
    SelectChoice("ocel-sqlite", lazy_gettext("OCEL 2.0, SQLite")),
    SelectChoice("csv", lazy_gettext("CSV table")),
    SelectChoice("xlsx", lazy_gettext("Excel workbook")),
)
LEADS_TO = {
    "xes": lazy_gettext("One trace for each history (IEEE 1849); read by every process miner."),
    "ocel": lazy_gettext("Events with the programme, parties, texts, rounds, seats and people each touches."),
    "ocel-sqlite": lazy_gettext("The same as a database of one file."),
    "csv": lazy_gettext("One row for each event, with the titles and reasons that are kept; beside each key that programs count by stand its words."),
    "xlsx": lazy_gettext("The same with dates as dates, and no cell that computes anything."),
}  # fmt: skip


def _shown(text: str | None) -> str:
    return searched(text or "")


class ExportForm(FlaskForm):
    """Checks the shape of a wish; which histories there are is looked up under the person's eyes."""

    form = RadioField(
        lazy_gettext("Format"),
        choices=FORMATS,
        default="xes",
        validators=[InputRequired(lazy_gettext("Choose a format."))],
    )
    pseudonymous = BooleanField(lazy_gettext("Pseudonyms instead of people, and no free text"))
    ref = StringField(
        lazy_gettext("Reference of one history"), filters=[_shown], validators=[Length(max=40)]
    )
    text = StringField(
        lazy_gettext("Words in title, countries, summary or reference"),
        filters=[_shown],
        validators=[Length(max=LONGEST)],
    )
    framework = SelectField(lazy_gettext("Framework"), validate_choice=False)
    stage = SelectField(lazy_gettext("Stage"), validate_choice=False)
    country = SelectField(lazy_gettext("Country"), validate_choice=False)
    area = SelectField(lazy_gettext("Area"), validate_choice=False)
    since = DateField(lazy_gettext("First day of the events"), validators=[Optional()])
    until = DateField(lazy_gettext("Last day of the events"), validators=[Optional()])

    def validate_until(self, field: Any) -> None:
        """A period that ends before it begins holds nothing."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(lazy_gettext("The last day comes before the first."))

    def filters(self) -> ProgrammeFilters:
        """The portfolio that is asked for; an unknown stage is none."""
        return ProgrammeFilters(
            text=self.text.data or "",
            framework=self.framework.data or "",
            stage=self.stage.data or "",
            country=self.country.data or "",
            area=self.area.data or "",
        )

    def wish(self, *, right_to_left: bool) -> ExportRequest:
        """What is asked for in the words of the exports."""
        period = Period(self.since.data, self.until.data)
        return ExportRequest(self.form.data, period, bool(self.pseudonymous.data), right_to_left)

    def offer(self, choices: Any, area_label: Any, stage_label: Any) -> None:
        """Offer what the portfolio has."""
        areas = [(key, str(area_label(key))) for key in choices.areas]
        offered = (
            (self.framework, lazy_gettext("All frameworks"), choices.frameworks),
            (self.country, lazy_gettext("All countries"), choices.countries),
            (self.area, lazy_gettext("All areas"), sorted(areas, key=itemgetter(1))),
            (self.stage, lazy_gettext("All stages"), [(e.value, stage_label(e)) for e in Stage]),
        )
        for field, everything, known in offered:
            field.choices = [SelectChoice("", everything), *starmap(SelectChoice, known)]
