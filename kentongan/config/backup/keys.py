"""The keys, in one packet closed with a passphrase: kept apart from the backup, so that neither alone opens anything.

Without the installation's secret a restored site asks everyone to sign in again and officers to enrol their telephones again; without the
vault's public key it seals with a new one. The settings file is in the packet because it names them.
"""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from kentongan.config.trouble import Trouble

KEPT = ("secret-key", "vault/public.key", "vault/private.key", "vault/README")
SHORTEST = 16
"""Characters of a passphrase."""
MODES = {"vault/public.key": 0o644, "vault/README": 0o644}


def close(home: Path, settings: Path | None, passphrase: str) -> bytes:
    """The packet of the keys below `home` and of the settings file. Raises Trouble for a short passphrase."""
    if len(passphrase) < SHORTEST:
        raise Trouble(
            f"Frasa sandi paling sedikit {SHORTEST} huruf: empat kata yang tidak berhubungan mudah diingat.",
            f"a passphrase of {SHORTEST} characters or more, please",
        )
    found = {name: (home / name).read_text() for name in KEPT if (home / name).exists()}
    if settings and settings.exists():
        found["settings"] = settings.read_text()
    salt = random(argon2id.SALTBYTES)
    sealed = SecretBox(_key(passphrase, salt)).encrypt(json.dumps(found).encode())
    return json.dumps({"kentongan": "keys", "salt": b64encode(salt).decode(), "sealed": b64encode(sealed).decode()}).encode() + b"\n"


def opened(packet: bytes, passphrase: str) -> dict[str, str]:
    """Name → content. Raises Trouble for a wrong passphrase or a file that is no packet."""
    try:
        outer = json.loads(packet)
        salt, sealed = b64decode(outer["salt"]), b64decode(outer["sealed"])
    except (ValueError, KeyError, TypeError):
        raise Trouble("Berkas ini bukan paket kunci Kentongan.", "this file is no packet of keys") from None
    try:
        return dict(json.loads(SecretBox(_key(passphrase, salt)).decrypt(sealed)))
    except CryptoError:
        raise Trouble("Frasa sandi paket kunci tidak cocok. Coba lagi.", "wrong passphrase for the keys") from None


def put_back(found: dict[str, str], home: Path) -> Path | None:
    """Write the keys below `home`; answers with the file that holds the settings, where the packet has them."""
    for name in KEPT:
        if name in found:
            _write(home / name, found[name], MODES.get(name, 0o600))
    if "settings" not in found:
        return None
    _write(home / "settings-from-keys.env", found["settings"], 0o600)
    return home / "settings-from-keys.env"


def _write(path: Path, content: str, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(content)


def _key(passphrase: str, salt: bytes) -> bytes:
    return argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
