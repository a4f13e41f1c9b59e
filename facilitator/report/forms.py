"""What the forms of the verslag and its parts are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from facilitator.i18n import N_
from facilitator.meeting.outline import Part, ReportForm

KINDS: Final[Mapping[ReportForm, str]] = {
    ReportForm.FULL: N_("Verslag"),
    ReportForm.SHORT: N_("Kort verslag"),
    ReportForm.PARTICIPATION: N_("Participatieverslag"),
    ReportForm.ACTIONS: N_("Actielijst"),
    ReportForm.FEEDBACK: N_("Terugkoppeling"),
}
"""What stands above the title, and in the name of the file."""

TITLES: Final[Mapping[Part, str]] = {
    Part.PRESENT: N_("Aanwezig"),
    Part.REASON: N_("Aanleiding en doel"),
    Part.METHOD: N_("Werkwijze"),
    Part.CHECK_IN: N_("Inchecken"),
    Part.THEMES: N_("Thema’s en groepen"),
    Part.HARVEST: N_("Opbrengst"),
    Part.EXPLANATIONS: N_("Toelichting per thema"),
    Part.PROPOSALS: N_("Kaders en voorstellen"),
    Part.VOTES: N_("Stemmen"),
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
"""The headings of the parts that have one."""
