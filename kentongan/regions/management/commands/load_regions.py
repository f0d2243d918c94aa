"""Fill the region tree from the data file. Safe to run at every start: a file that was loaded is not loaded again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.translation import gettext as _

from kentongan.regions.data.places import Place, fingerprint, places, read
from kentongan.regions.models import Level, Region, RegionData

# Parents are a level up, so one level's rows find theirs already stored. A row that is the same is not written again.
FILL_LEVEL = """
    INSERT INTO regions_region (code, name, level, parent_id, lies_in, lat, lon, postal_code, name_text, search_text)
    SELECT place.code, place.name, place.level, parent.id,
           place.lies_in, place.lat, place.lon, place.postal_code, place.name_text, place.search_text
    FROM place LEFT JOIN regions_region parent ON parent.code = place.parent_code
    WHERE place.level = %s
    ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, lies_in = excluded.lies_in, lat = excluded.lat, lon = excluded.lon,
        postal_code = excluded.postal_code, name_text = excluded.name_text, search_text = excluded.search_text
    WHERE (regions_region.name, regions_region.lies_in, regions_region.lat, regions_region.lon, regions_region.postal_code,
           regions_region.name_text, regions_region.search_text)
       IS DISTINCT FROM (excluded.name, excluded.lies_in, excluded.lat, excluded.lon, excluded.postal_code,
           excluded.name_text, excluded.search_text)
"""
STAGE = """
    CREATE TEMPORARY TABLE place (code text, name text, level smallint, parent_code text, lies_in text, lat float8, lon float8,
    postal_code text, name_text text, search_text text)
"""


class Command(BaseCommand):
    help = "Load all provinces, regencies, districts and villages (does nothing when they are loaded)."

    def handle(self, *args: Any, **options: Any) -> None:
        sha256 = fingerprint()
        if RegionData.objects.filter(sha256=sha256).exists():
            self.stdout.write(_("Wilayah sudah lengkap."))
            return
        self.stdout.write(_("Membaca daftar wilayah…"))
        content = places(read())
        self.stdout.write(_("Memuat %(count)s wilayah…") % {"count": f"{len(content):,}".replace(",", ".")})
        counts = load(content)
        RegionData.objects.create(sha256=sha256, counts=counts)
        self.stdout.write(" · ".join(f"{Level[name.upper()].label} {count:,}".replace(",", ".") for name, count in counts.items()))
        self.report_strangers(content)

    def report_strangers(self, content: list[Place]) -> None:
        """Codes the file no longer has stay, since things may lie there: somebody has to record what became of them."""
        known = {place.code for place in content}
        strangers = [code for code in Region.objects.values_list("code", flat=True) if code not in known]
        if strangers:
            self.stdout.write(
                _("%(count)d kode lama tetap disimpan: %(codes)s") % {"count": len(strangers), "codes": ", ".join(strangers[:20])}
            )


def load(content: list[Place]) -> dict[str, int]:
    """Put all places into the table and return how many of each level it was."""
    with transaction.atomic(), without_word_indexes(), connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy(f"COPY place ({', '.join(Place._fields)}) FROM STDIN") as copy:
            for place in content:
                copy.write_row(place)
        for level in Level:
            cursor.execute(FILL_LEVEL, [level.value])
        cursor.execute("DROP TABLE place")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is built while checks wait
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE regions_region")
    return {level.name.lower(): sum(place.level == level for place in content) for level in Level}


@contextmanager
def without_word_indexes() -> Iterator[None]:
    """Build the trigram indexes afterwards, at once: a tenth of the time of growing them row by row."""
    grown = [index for index in Region._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor(atomic=False) as editor:
        for index in grown:
            editor.remove_index(Region, index)
    yield
    with connection.schema_editor(atomic=False) as editor:
        for index in grown:
            editor.add_index(Region, index)
