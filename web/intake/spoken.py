"""The languages and time zones that a form offers, each language by its own name."""

from zoneinfo import available_timezones

from workflow.people.accounts.details import LANGUAGES

NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
}
SPOKEN = {code: NAMES[code] for code in LANGUAGES}
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
