"""What the columns of an imported row are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

COLUMNS: Mapping[str, object] = {
    "title": lazy_gettext("Title"),
    "fund": lazy_gettext("Fund"),
    "modality": lazy_gettext("Modality"),
    "lead_countries": lazy_gettext("Lead countries"),
    "beneficiary_countries": lazy_gettext("Beneficiary countries"),
    "donors": lazy_gettext("Donors"),
    "executing_agency": lazy_gettext("Executing agency"),
    "sector": lazy_gettext("Sector"),
    "dac_sector_code": lazy_gettext("Purpose code"),
    "sdg": lazy_gettext("Sustainable Development Goals"),
    "mdg": lazy_gettext("Millennium Development Goals"),
    "sdg_basis": lazy_gettext("Where the goals come from"),
    "summary": lazy_gettext("Summary"),
    "approved": lazy_gettext("Approved"),
    "start": lazy_gettext("Start"),
    "end": lazy_gettext("End"),
    "end_planned": lazy_gettext("Planned end"),
    "budget_usd": lazy_gettext("Budget in US dollars"),
    "budget_note": lazy_gettext("About the budget"),
    "status": lazy_gettext("Status"),
    "status_as_of": lazy_gettext("Status as of"),
    "external_id": lazy_gettext("Id in the source"),
    "source": lazy_gettext("Source"),
    "confidence": lazy_gettext("Confidence"),
}
