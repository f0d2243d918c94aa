"""What was uploaded: photos, and papers whose pages are photos."""

from kentongan.media.models.papers import Leaf, Paper
from kentongan.media.models.photos import DESK_ADDRESS, PUBLIC_ADDRESS, Photo, Shown, folder

__all__ = ["DESK_ADDRESS", "PUBLIC_ADDRESS", "Leaf", "Paper", "Photo", "Shown", "folder"]
