"""What must never be kept, and what is kept but must never come out: the schema read, and canaries looked for everywhere."""

import gzip
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.forms import Form
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kentongan.accounts.models import Account, Person
from kentongan.config import logs
from kentongan.core.jobs import run_pending
from kentongan.groups import actions as groups
from kentongan.groups.actions import privacy
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Story
from kentongan.vault.models import SealedContact
from tests.cast import Cast, browser_for, member
from tests.house.addresses import ADDRESSES, Address, Things
from tests.house.things import one_of_everything

FORBIDDEN = frozenset(
    {"nik", "ktp", "ektp", "kk", "agama", "religion", "religious", "faith", "kepercayaan"}
    | {"suku", "etnis", "etnik", "ethnic", "ethnicity", "ras", "race", "racial", "tribe"}
)
"""Words no column may be called by: the identity number and the family card (nothing here needs them), and what tells people apart by
birth. A column that needs such a word for something else gets another name."""
BIRTH = frozenset(["lahir", "birth", "born", "birthday", "dob"])


def words_of(column: Any) -> set[str]:
    """The words in a column's name, label and help."""
    said = f"{column.name} {getattr(column, 'verbose_name', '')} {getattr(column, 'help_text', '')}"
    return set(re.split(r"[^a-z]+", said.replace("_", " ").casefold()))


def columns() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        if model.__module__.startswith("kentongan."):
            for column in model._meta.concrete_fields:
                yield f"{model._meta.label}.{column.name}", column


def test_no_column_holds_an_identity_number_a_religion_or_an_ethnicity() -> None:
    assert {name: words_of(column) & FORBIDDEN for name, column in columns() if words_of(column) & FORBIDDEN} == {}


def test_no_column_holds_more_of_a_birth_than_its_year() -> None:
    born = {name: column for name, column in columns() if words_of(column) & BIRTH}
    assert set(born) == {"accounts.Person.birth_year"}
    assert isinstance(born["accounts.Person.birth_year"], models.PositiveSmallIntegerField)


def forms() -> Iterator[type[Form]]:
    def below(form: type[Form]) -> Iterator[type[Form]]:
        for one in form.__subclasses__():
            yield one
            yield from below(one)

    return (form for form in below(Form) if form.__module__.startswith("kentongan."))


def test_no_form_asks_for_them_either() -> None:
    asked = {(form.__name__, name) for form in forms() for name in form.base_fields if set(name.split("_")) & FORBIDDEN}
    assert asked == set()


def test_the_reader_of_names_would_find_one() -> None:
    column = models.CharField("agama yang dianut")
    column.name = "column"
    assert words_of(column) & FORBIDDEN and not words_of(models.CharField("bahasa", name="x")) & FORBIDDEN


PHONE, OTHER_PHONE = "+6289876543210", "+6289876500077"
PASSPHRASE = "kenari hinggap di randu"
TOTP = "KENARIKENARIKENARIKENARIKENARIKE"
CANARIES = {
    "the phone number of an account": ("9876543210", "9876-5432", "98765 43210"),
    "the number of somebody who was invited": ("9876500077", "9876-5000"),
    "a passphrase": (PASSPHRASE,),
    "a secret of an authenticator": (TOTP, "KENARIKENARI"),
    "the contact left with a tip": ("kenari-bahan@contoh.id",),
    "the contact of proposers": ("kenari-usul@contoh.id",),
    "the contact of a source": ("kenari-sumber@contoh.id",),
    "a guardian's name": ("Kenarini Walimurid",),
    "the reason of a recovery": ("kenari-pulih",),
}
"""What is planted, each in the spellings somebody would find it by."""
HOME = {"accounts_account", "accounts_guardian", "accounts_recovery"}
"""The tables where a canary may stand in plain words: its own. Contacts are sealed, passphrases are hashed, secrets are sealed."""
READERS = ("tamu", "redaktur", "dinas")
"""Who walks: nobody, a member of the group, an officer above it."""
DOWNLOAD = re.compile(r'href="(\?[^"]*bentuk=[^"]*)"')
MINOR = "Kenari Belia"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the production log holds."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(logs.Line())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def plant(cast: Cast) -> Things:
    """One of everything, and every canary brought in through the door people use."""
    stranger, ketua = Client(), browser_for(cast.ketua)
    Account.objects.filter(person=cast.anggota).update(phone=PHONE)
    stranger.post("/meja/masuk/", {"credential": PHONE, "passphrase": PASSPHRASE})
    account = Account.objects.get(person=cast.anggota)
    account.set_password(PASSPHRASE)
    account.keep_totp(TOTP)
    account.save()
    stranger.post("/meja/masuk/", {"credential": PHONE, "passphrase": PASSPHRASE})
    things = one_of_everything(cast)
    newsroom.receive_tip(cast.group, text="Air mati.", place="RT 02", name="Bu W.", contact="kenari-bahan@contoh.id")
    groups.propose(cast.region, name="KIM Kenari", proposers="Warsini dan Parno", contact="kenari-usul@contoh.id", by=cast.warga)
    draft = Story.objects.get(pk=things["draft"].pk)
    newsroom.add_source(
        draft, who="Pak Lurah", how="bertemu", supports="angka", link="", unnamed=True, contact="kenari-sumber@contoh.id", by=cast.anggota
    )
    ketua.post(f"/meja/kim/{cast.group.pk}/anggota/", {"admit-name": MINOR, "admit-credential": OTHER_PHONE, "admit-role": "anggota"})
    young = Person.objects.get(name=MINOR).memberships.get()
    young = privacy.note_birth_year(young, timezone.localdate().year - 16, by=cast.ketua)
    facts: dict[str, Any] = {"name": "Kenarini Walimurid", "relation": "parent", "how": "paper", "said_on": timezone.localdate()}
    young = privacy.record_guardian(young, given=True, **facts, by=cast.ketua)
    groups.agree_with_help(young, by=cast.ketua)
    groups.request_recovery(cast.anggota2.account, reason="kenari-pulih", by=cast.ketua)
    run_pending()
    return things


def said_by(content: bytes, kind: str) -> Iterator[str]:
    """The words of an answer: of a PDF its text, of an archive those of every file in it."""
    if kind.startswith("application/pdf"):
        document = pypdfium2.PdfDocument(content)
        yield " ".join(page.get_textpage().get_text_range() for page in document)
    elif content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            for name in box.namelist():
                yield from said_by(box.read(name), name)
    else:
        yield (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8", "replace")


def found_in(words: str) -> list[str]:
    return [name for name, spellings in CANARIES.items() if any(spelling in words for spelling in spellings)]


def answers(browser: Client, things: Things, address: Address) -> Iterator[tuple[str, str]]:
    """The page, and every download it offers of itself."""
    path = reverse(address.name, kwargs=address.where(things))
    words = list(asked(browser, path))
    yield from ((path, text) for text in words)
    for link in {unescape(link) for text in words for link in DOWNLOAD.findall(text)}:
        yield from ((path + link, text) for text in asked(browser, path + link))


def asked(browser: Client, where: str) -> Iterator[str]:
    answer = browser.get(where)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    yield from said_by(content, answer.headers.get("Content-Type", ""))


def test_no_canary_comes_out_of_any_page_file_log_or_table(cast: Cast, written: io.StringIO) -> None:
    things = plant(cast)
    browsers = {reader: browser_for(None if reader == "tamu" else getattr(cast, reader)) for reader in READERS}
    out = {
        f"{reader} {where}: {canary}"
        for reader, browser in browsers.items()
        for address in ADDRESSES
        if reader in address.sees and (reader == "tamu" or "tamu" not in address.sees)
        for where, words in answers(browser, things, address)
        for canary in found_in(words)
    }
    out |= {f"the log: {canary}" for canary in found_in(written.getvalue())}
    for root in (settings.PAGES_ROOT, settings.MEDIA_ROOT):
        files = (path for path in Path(root).rglob("*") if path.is_file() and path.stat().st_size < 1 << 20)
        out |= {f"{path}: {canary}" for path in files for words in said_by(path.read_bytes(), path.suffix) for canary in found_in(words)}
    assert out == set() and SealedContact.objects.count() >= 3
    assert standing_in() == {
        "the phone number of an account": {"accounts_account"},
        "the number of somebody who was invited": {"accounts_account"},
        "a guardian's name": {"accounts_guardian"},
        "the reason of a recovery": {"accounts_recovery"},
    }


def standing_in() -> dict[str, set[str]]:
    """In which tables of the whole database each canary stands, sessions, jobs, receipts, index and record included."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')
            for canary in found_in("\n".join(row for (row,) in cursor.fetchall())):
                found.setdefault(canary, set()).add(table)
    return found


def test_no_public_page_names_a_minor_who_writes_checks_speaks_and_leads(cast: Cast) -> None:
    for number, somebody in enumerate((cast.anggota, cast.pemeriksa, cast.ketua, cast.redaktur)):
        Person.objects.filter(pk=somebody.pk).update(name=f"{MINOR} {number}", birth_year=timezone.localdate().year - 17, young=True)
        somebody.refresh_from_db()
    member(cast.group, Person.enter(f"{MINOR} 5", timezone.localdate().year - 16), "anggota")
    groups.request_recovery(cast.anggota.account, reason="HP hilang", by=cast.ketua)
    things, stranger = one_of_everything(cast), Client()
    newsroom.confirm_correction(things["correction"], by=cast.redaktur)
    out = {
        where
        for address in ADDRESSES
        if "tamu" in address.sees and not reverse(address.name, kwargs=address.where(things)).startswith("/meja/")
        for where, words in answers(stranger, things, address)
        if MINOR in words
    }
    assert out == set()


def test_what_stands_in_jobs_and_receipts_is_ids(cast: Cast) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    privacy.note_birth_year(cast.anggota.memberships.get(), timezone.localdate().year - 16, by=cast.ketua)
    arguments = [value for args in ProcrastinateJob.objects.values_list("args", flat=True) for value in args.values()]
    assert arguments and all(isinstance(value, int) or re.fullmatch(r"[\w./:-]{1,64}", str(value)) for value in arguments)
    assert "Joko" not in json.dumps(arguments)
