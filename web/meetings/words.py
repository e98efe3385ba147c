"""Meetings in the words of the page: of which kind and region they are, and how they stand."""

from flask_babel import lazy_gettext

from workflow.meetings.filters import MeetingStanding

KINDS = {
    "consultation": lazy_gettext("Consultation of officials"),
    "regional": lazy_gettext("Regional meeting"),
    "session": lazy_gettext("Session"),
    "forum": lazy_gettext("Business forum"),
}
REGIONS = {
    "africa": lazy_gettext("Africa"),
    "arab_states": lazy_gettext("Arab States"),
    "asia_pacific": lazy_gettext("Asia and the Pacific"),
    "latin_america": lazy_gettext("Latin America and the Caribbean"),
}
STANDS = {
    MeetingStanding.PLANNED: lazy_gettext("To come"),
    MeetingStanding.HELD: lazy_gettext("Held, not reported yet"),
    MeetingStanding.REPORTED: lazy_gettext("Reported"),
    MeetingStanding.OFF: lazy_gettext("Called off"),
}
MONTHS = {
    "01": lazy_gettext("January"),
    "02": lazy_gettext("February"),
    "03": lazy_gettext("March"),
    "04": lazy_gettext("April"),
    "05": lazy_gettext("May"),
    "06": lazy_gettext("June"),
    "07": lazy_gettext("July"),
    "08": lazy_gettext("August"),
    "09": lazy_gettext("September"),
    "10": lazy_gettext("October"),
    "11": lazy_gettext("November"),
    "12": lazy_gettext("December"),
}
