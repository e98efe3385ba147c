"""The forms of lead groups: to form one, to give notice, and to have it take a programme on."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.solutions.forms import several
from workflow.lead_groups.form import Constitution, GroupTerms

LONG, LONGER = 3000, 4000


class GroupForm(FlaskForm):
    """Who leads together under which terms; `key` lets a form that is sent twice form one group."""

    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])
    title = StringField(
        lazy_gettext("Title"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
        description=lazy_gettext("Such as: Lead group on tuberculosis diagnostics."),
    )
    area = OpenChoice(lazy_gettext("Area"), choices=[], validators=[InputRequired(NEEDED)])
    framework = OpenChoice(
        lazy_gettext("Framework"),
        choices=[],
        validators=[Optional()],
        description=lazy_gettext(
            "Under which it leads; leave it open where it is for none in particular."
        ),
    )
    members = several(
        lazy_gettext("Members"),
        choices=[],
        validate_choice=False,
        description=lazy_gettext(
            "Two pivotal countries at least; the chair goes round in this order."
        ),
    )
    convenor = OpenChoice(
        lazy_gettext("Convenor"),
        choices=[],
        validate_choice=False,
        validators=[Optional()],
        description=lazy_gettext("One of the members; it convenes first."),
    )
    purpose = TextAreaField(
        lazy_gettext("Purpose"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONG)],
        description=lazy_gettext("What the countries formulate and carry out together."),
    )
    working = TextAreaField(
        lazy_gettext("How it works"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONGER)],
        description=lazy_gettext("How it meets, decides and reports."),
    )

    def constitution(self) -> Constitution:
        """Who leads together."""
        return Constitution(
            title=self.title.data or "",
            area=self.area.data,
            framework=self.framework.data or "",
            members=tuple(self.members.data or ()),
            convenor=self.convenor.data or "",
        )

    def terms(self) -> GroupTerms:
        """Under which terms."""
        return GroupTerms(purpose=self.purpose.data or "", working=self.working.data or "")


class OnGroup(FlaskForm):
    """What every act on a group carries: the version that was seen, and the request's key."""

    seen_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])


class LeavingForm(OnGroup):
    """The notice by which a member leaves."""

    reasons = TextAreaField(
        lazy_gettext("Reasons"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONG)],
    )
    owed = TextAreaField(
        lazy_gettext("What your country still owes"),
        filters=[as_prose],
        validators=[Optional(), Length(max=2000)],
        description=lazy_gettext("Contributions that it still makes, or gives back."),
    )


class TakingOnForm(FlaskForm):
    """Which programme the group leads from now on."""

    programme = StringField(
        lazy_gettext("Programme"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext("By its reference, such as SSC-2026-001."),
    )
