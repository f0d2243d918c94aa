"""What is sealed stays sealed: the web code can close a contact and not open it."""

from base64 import b64decode, b64encode
from pathlib import Path
from threading import Thread

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from kentongan.vault import models, sealing
from kentongan.vault.sealing import seal

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 7890"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA, settings.VAULT_PUBLIC_KEY = tmp_path, ""
    return tmp_path


def test_a_sealed_contact_reveals_nothing_and_two_of_the_same_differ():
    first, second = seal(NUMBER), seal(NUMBER)
    assert NUMBER.encode() not in bytes(first.sealed) and b"7890" not in bytes(first.sealed)
    assert bytes(first.sealed) != bytes(second.sealed)
    assert str(first) == f"kontak tersegel {first.pk}"


def test_only_the_private_half_opens(data: Path):
    contact = seal(NUMBER)
    private = PrivateKey(b64decode((data / "vault/private.key").read_text()))
    assert SealedBox(private).decrypt(bytes(contact.sealed)).decode() == NUMBER
    with pytest.raises(CryptoError):
        SealedBox(PrivateKey.generate()).decrypt(bytes(contact.sealed))


def test_nothing_to_keep_keeps_nothing(data: Path):
    assert seal("") is None and seal("  \n") is None
    assert not (data / "vault").exists()


def test_the_pair_is_made_once_and_the_private_half_is_for_its_owner_only(data: Path):
    seal(NUMBER)
    kept = (data / "vault/public.key").read_bytes()
    seal(NUMBER)
    assert (data / "vault/public.key").read_bytes() == kept
    assert (data / "vault/private.key").stat().st_mode & 0o777 == 0o600
    assert "takes it away" in (data / "vault/README").read_text()


def test_sealing_goes_on_after_the_private_half_was_taken_away(data: Path):
    before = seal(NUMBER)
    (data / "vault/private.key").unlink()
    assert seal(NUMBER).key_id == before.key_id
    assert not (data / "vault/private.key").exists()


def test_makers_at_the_same_moment_end_with_one_pair(data: Path):
    makers = [Thread(target=sealing._make_pair, args=(data / "vault",)) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    pair = PrivateKey(b64decode((data / "vault/private.key").read_text()))
    assert b64decode((data / "vault/public.key").read_text()) == bytes(pair.public_key)
    assert [entry.name for entry in data.iterdir()] == ["vault"]


def test_a_key_from_the_settings_is_used_and_none_is_made(settings, data: Path):
    pair = PrivateKey.generate()
    settings.VAULT_PUBLIC_KEY = b64encode(bytes(pair.public_key)).decode()
    assert SealedBox(pair).decrypt(bytes(seal(NUMBER).sealed)).decode() == NUMBER
    assert not (data / "vault").exists()


def test_the_room_offers_nothing_that_opens():
    things = {**vars(models), **vars(sealing)}
    offered = {name for name, thing in things.items() if getattr(thing, "__module__", "").startswith("kentongan.")}
    assert {name for name in offered if not name.startswith("_")} == {"SealedContact", "seal"}
    source = Path(sealing.__file__).read_text() + Path(models.__file__).read_text()
    assert "decrypt" not in source
