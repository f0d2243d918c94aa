"""What is measured, in every place by the same table; what was measured on a day; what reviewers say beside it."""

from kentongan.measurement.models.figures import Below, Figure, Place, Target, after, formed_by_month, trend
from kentongan.measurement.models.indicators import BY_KEY, HEADLINES, INDICATORS, LATER, STAGES, TABLED, Indicator, Stage
from kentongan.measurement.models.notes import Note
from kentongan.measurement.models.snapshots import Snapshot
from kentongan.measurement.models.villages import edition, village_count, villages_by

__all__ = [
    "BY_KEY",
    "HEADLINES",
    "INDICATORS",
    "LATER",
    "STAGES",
    "TABLED",
    "Below",
    "Figure",
    "Indicator",
    "Note",
    "Place",
    "Snapshot",
    "Stage",
    "Target",
    "after",
    "edition",
    "formed_by_month",
    "trend",
    "village_count",
    "villages_by",
]
