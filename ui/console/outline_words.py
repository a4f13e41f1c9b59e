"""Words for how the verslag is built: its forms, its parts, and how the matrix lies."""

from __future__ import annotations

from typing import Final

from facilitator.i18n import N_
from facilitator.meeting.follow_ups import Result
from facilitator.meeting.outline import Layout, Part, ReportForm
from facilitator.report.forms import TITLES

REPORT_NAMES: Final = {
    ReportForm.FULL: N_("Volledig verslag"),
    ReportForm.SHORT: N_("Kort verslag"),
    ReportForm.PARTICIPATION: N_("Participatieverslag"),
    ReportForm.ACTIONS: N_("Actielijst"),
    ReportForm.FEEDBACK: N_("Terugkoppeling aan deelnemers, zonder namen"),
}
LAYOUT_NAMES: Final = {
    Layout.COLUMNS: N_("Kolommen: een kolom voor elk thema"),
    Layout.ROWS: N_("Rijen: een rij voor elke categorie"),
}
PART_NAMES: Final = {Part.FACTS: N_("Datum, tijd, plaats en wie het schreef"), **TITLES}
RESULT_NAMES: Final = {
    Result.PENDING: N_("nog open"),
    Result.TAKEN: N_("overgenomen"),
    Result.PARTLY: N_("deels"),
    Result.NOT: N_("niet"),
}
