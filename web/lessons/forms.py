"""The form in which somebody says what a lesson is to a programme."""

from flask_babel import lazy_gettext
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from web.reviews.forms import ActForm
from workflow.lessons.weigh import LessonSays, WeighLesson

SAYS = (
    SelectChoice(LessonSays.USED.value, lazy_gettext("Used")),
    SelectChoice(LessonSays.NOT_FOR_US.value, lazy_gettext("Not for us")),
)


class LessonForm(ActForm):
    """Checks the shape of what is said of one lesson."""

    lesson = StringField(validators=[InputRequired(), Length(max=60)])
    said = RadioField(
        lazy_gettext("This lesson is"),
        choices=SAYS,
        validators=[
            InputRequired(lazy_gettext("Say whether it is used or not for this programme."))
        ],
    )

    def command(self, ref: str) -> WeighLesson:
        """What the person says, in the engine's words."""
        return WeighLesson(
            ref=ref,
            lesson=self.lesson.data or "",
            said=LessonSays(self.said.data),
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            reason=self.reason.data or "",
        )
