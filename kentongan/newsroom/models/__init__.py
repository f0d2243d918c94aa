"""From raw material to a public page, and back: tips, stories, sources, checks, corrections, flags."""

from kentongan.newsroom.models.corrections import Correction, Flag
from kentongan.newsroom.models.materials import Material, Materials, Offer, Offers
from kentongan.newsroom.models.photos import StoryPhoto
from kentongan.newsroom.models.readers import Feedback
from kentongan.newsroom.models.safety import Alarm, Alarms, Hold, Holds
from kentongan.newsroom.models.series import Series
from kentongan.newsroom.models.stories import Stories, Story
from kentongan.newsroom.models.tips import Tip, Tips
from kentongan.newsroom.models.trust import Check, Source, Trust
from kentongan.newsroom.models.versions import Revision
from kentongan.newsroom.models.wording import BODY_MAX, SHARE_MAX, SUMMARY_MAX, diff, fit, too_long

__all__ = [
    "BODY_MAX",
    "SHARE_MAX",
    "SUMMARY_MAX",
    "Alarm",
    "Alarms",
    "Check",
    "Correction",
    "Feedback",
    "Flag",
    "Hold",
    "Holds",
    "Material",
    "Materials",
    "Offer",
    "Offers",
    "Revision",
    "Series",
    "Source",
    "Stories",
    "Story",
    "StoryPhoto",
    "Tip",
    "Tips",
    "Trust",
    "diff",
    "fit",
    "too_long",
]
