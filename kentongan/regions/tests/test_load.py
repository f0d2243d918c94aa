"""Loading the whole tree, once."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kentongan.regions.models import Level, Region, RegionData


def test_every_place_is_loaded_once_and_a_changed_name_is_put_right(db, capsys):
    call_command("load_regions")
    assert [Region.objects.at_level(level).count() for level in Level] == [38, 514, 7_277, 83_763]
    village = Region.objects.by_code("33.18.17.2003")
    assert (village.full_label, village.parent.parent.parent.name) == ("Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati", "Jawa Tengah")
    assert len(Region.objects.search("tlogorejo pati")) == 3

    with CaptureQueriesContext(connection) as queries:
        call_command("load_regions")
    assert len(queries) == 1
    assert "Wilayah sudah lengkap." in capsys.readouterr().out

    Region.objects.filter(pk=village.pk).update(name="Salah")
    RegionData.objects.all().delete()
    call_command("load_regions")
    assert Region.objects.get(pk=village.pk).name == "Gulangpongge"
    assert Region.objects.count() == 91_592
