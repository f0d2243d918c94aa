"""What the clock does in the newsroom. Each is safe to run twice, also after a worker was killed half-way."""

from kentongan.newsroom.jobs.clock import (
    count_feedback,
    deliver_material,
    expire_materials,
    follow_original,
    publish_due,
    publish_scheduled,
    recount,
)
from kentongan.newsroom.jobs.people import forget, forget_due, tell_pages
from kentongan.newsroom.jobs.scanning import scan, scan_groups, scan_unpublished

__all__ = [
    "count_feedback",
    "deliver_material",
    "expire_materials",
    "follow_original",
    "forget",
    "forget_due",
    "publish_due",
    "publish_scheduled",
    "recount",
    "scan",
    "scan_groups",
    "scan_unpublished",
    "tell_pages",
]
