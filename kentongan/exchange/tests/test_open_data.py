"""Open data: files of the night, no person in them, a catalogue that names only what is there."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft4Validator
from referencing import Registry, Resource

from kentongan.exchange.jobs import write_first_open_data, write_open_data
from kentongan.exchange.reading.datasets import FILES, Kept
from kentongan.groups.models import Group
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change
from kentongan.regions.models import Region

SCHEMAS = Path(__file__).parent / "schemas"
NAMES = ("Karjono", "Sugeng", "Siti Rahayu", "Joko", "0812-0000-0000", "+62812", "Balai desa")
"""People of the cast, the group's contact, its secretariat."""


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "testserver"})


@pytest.fixture
def written(cast: Any) -> Any:
    """The village with a story, after the night."""
    cast.story = story_in("published", cast)
    Group.objects.filter(pk=cast.group.pk).update(about="=cmd|'/c calc'!A0; halo")
    Group.objects.filter(pk=cast.other_group.pk).update(name="=KIM; Bermi")
    write_open_data()
    return cast


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(reader: Client, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body(reader.get(f"/data/{file}")).decode("utf-8"))))


def test_the_groups_stand_in_a_table_with_their_decrees(reader: Client, written: Any) -> None:
    rows = table(reader, "kim.csv")
    assert [row["nama"] for row in rows] == ["KIM Gulangpongge", "'=KIM; Bermi"]
    first = rows[0]
    assert (first["kode_wilayah"], first["desa_kelurahan"], first["keadaan"]) == ("33.18.17.2003", "Gulangpongge", "verified")
    assert (first["sk_nomor"], first["sk_penerbit"], first["kabar_terbit"]) == ("141/07/2024", "kades", "1")
    assert first["alamat"].endswith("/kim/gulangpongge/")


def test_no_person_and_no_contact_stands_in_any_file(reader: Client, written: Any) -> None:
    for file in FILES:
        text = body(reader.get(f"/data/{file}")).decode()
        assert not [name for name in NAMES if name in text], file


def test_a_group_being_formed_or_withdrawn_is_in_no_file(reader: Client, cast: Any) -> None:
    Group.objects.filter(pk=cast.other_group.pk).update(state="proposed")
    write_open_data()
    assert b"Bermi" not in body(reader.get("/data/kim.csv")) + body(reader.get("/data/kim.geojson"))
    assert "33.18.13.2001" in body(reader.get("/data/wilayah-tanpa-kim.csv")).decode()


def test_the_villages_without_a_group(reader: Client, written: Any) -> None:
    Region.objects.create(
        code="33.18.17.2009", name="Jrahi", level=4, parent=written.region.parent, lies_in="", name_text="", search_text=""
    )
    write_open_data()
    rows = table(reader, "wilayah-tanpa-kim.csv")
    assert [row["kode_wilayah"] for row in rows] == ["33.18.17.2009"]
    assert rows[0]["provinsi"] == "Jawa Tengah"


def test_stories_of_a_year_without_who_wrote_them(reader: Client, written: Any) -> None:
    rows = table(reader, "kabar.csv")
    assert [row["id"] for row in rows] == [str(written.story.pk)]
    assert rows[0]["terbit"].endswith("+07:00") or rows[0]["terbit"].endswith("+00:00")


def test_the_points_are_geojson_longitude_first(reader: Client, written: Any) -> None:
    Region.objects.update(lat=None, lon=None)
    Region.objects.filter(pk=written.region.pk).update(lat=-6.6, lon=110.9)
    write_open_data()
    found = json.loads(body(reader.get("/data/kim.geojson")))
    points = [one["geometry"] for one in found["features"]]
    assert found["type"] == "FeatureCollection" and all(one["type"] == "Feature" for one in found["features"])
    assert points == [{"type": "Point", "coordinates": [110.9, -6.6]}, None]


def test_no_group_at_all_is_still_a_collection(reader: Client, db: None) -> None:
    write_open_data()
    assert json.loads(body(reader.get("/data/kim.geojson")))["features"] == []
    assert Kept().file("kim.csv")["rows"] == 0


def test_a_file_is_served_compressed_tagged_and_to_every_page(reader: Client, written: Any) -> None:
    answer = reader.get("/data/kim.csv", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and answer["Access-Control-Allow-Origin"] == "*"
    assert gzip.decompress(body(answer)) == body(reader.get("/data/kim.csv"))
    again = reader.get("/data/kim.csv", headers={"accept-encoding": "gzip", "if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert not answer.cookies


def test_before_the_first_night_a_file_is_not_there_and_the_catalogue_names_none(reader: Client, db: None) -> None:
    assert reader.get("/data/kim.csv").status_code == 404
    assert reader.get("/data.json").json()["dataset"] == []
    assert "belum ditulis" in reader.get("/data/").content.decode()


def test_a_new_installation_does_not_wait_for_the_night(db: None) -> None:
    write_first_open_data()
    first = Kept().at
    write_first_open_data()
    assert first is not None and Kept().at == first
    assert Change.objects.filter(site="nasional").count() == 1


def test_the_catalogue_is_what_the_standard_asks_for(reader: Client, written: Any) -> None:
    schemas = {file.name: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    base = schemas["catalog.json"]["id"].rsplit("/", 1)[0]
    registry = Registry().with_resources((f"{base}/{name}", Resource.from_contents(schema)) for name, schema in schemas.items())
    found = reader.get("/data.json").json()
    assert list(Draft4Validator(schemas["catalog.json"], registry=registry).iter_errors(found)) == []
    files = [one["downloadURL"].rsplit("/", 1)[1] for dataset in found["dataset"] for one in dataset["distribution"]]
    assert sorted(files) == sorted(FILES)
    assert list(Draft4Validator(schemas["catalog.json"], registry=registry).iter_errors(found | {"dataset": [{"title": "x"}]}))


def test_the_page_says_what_there_is_in_both_languages(reader: Client, written: Any) -> None:
    page = reader.get("/data/")
    assert page["X-Page-Store"] == "1" and "kim.geojson" in page.content.decode() and "CC BY 4.0" in page.content.decode()
    assert "Open data" in reader.get("/en/data/").content.decode()
    assert reader.get("/en/data/kim.csv").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_place_and_a_group_give_their_lists_as_files(reader: Client, written: Any, kind: str) -> None:
    for address in ("/wilayah/33.18/kim", "/wilayah/33.18.17.2003/kabar", "/kim/gulangpongge/kabar"):
        answer = reader.get(f"{address}.{kind}")
        assert answer.status_code == 200 and answer["X-Page-Store"] == "1", address
        assert kind == "xlsx" or b"gulangpongge" in answer.content
    assert reader.get(f"/wilayah/99.99/kim.{kind}").status_code == 404
    assert reader.get(f"/kim/tidak-ada/kabar.{kind}").status_code == 404
