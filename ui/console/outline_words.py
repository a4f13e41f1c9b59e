"""Words for how the verslag is built: its forms, its parts, and how the matrix lies."""

from __future__ import annotations

from typing import Final

from facilitator.i18n import N_
from facilitator.meeting.follow_ups import Result
from facilitator.meeting.outline import Layout, Part, ReportForm

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
PART_NAMES: Final = {
    Part.FACTS: N_("Datum, tijd, plaats en wie het schreef"),
    Part.PRESENT: N_("Aanwezig"),
    Part.REASON: N_("Aanleiding en doel"),
    Part.METHOD: N_("Werkwijze"),
    Part.CHECK_IN: N_("Inchecken"),
    Part.THEMES: N_("Thema’s en groepen"),
    Part.HARVEST: N_("Opbrengst"),
    Part.EXPLANATIONS: N_("Toelichting per thema"),
    Part.PROPOSALS: N_("Kaders en voorstellen"),
    Part.DECISIONS: N_("Besluiten"),
    Part.OPEN_TASKS: N_("Opgaven"),
    Part.AGREEMENTS: N_("Afspraken"),
    Part.FOLLOW_UPS: N_("Wat is ermee gedaan"),
    Part.NEXT: N_("Zo gaat het verder"),
    Part.CHECK_OUT: N_("Uitchecken"),
    Part.PHOTOS: N_("Foto’s"),
    Part.APPENDIX: N_("Bijlage: alle notities"),
    Part.HAND_OVERS: N_("Bijlage: overdracht aan tafel"),
}
RESULT_NAMES: Final = {
    Result.PENDING: N_("nog open"),
    Result.TAKEN: N_("overgenomen"),
    Result.PARTLY: N_("deels"),
    Result.NOT: N_("niet"),
}
