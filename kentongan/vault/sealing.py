"""Sealing a contact: what goes in here comes out only where the private key is, and that is not this process."""

import os
import tempfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from nacl.public import PrivateKey, PublicKey, SealedBox

from kentongan.vault.models import SealedContact

README = """Kunci penyegel kontak narasumber dan pelapor. Keys that seal the contacts of sources and reporters.

public.key menyegel; biarkan di sini. private.key membuka: pindahkan segera ke pengguna atau mesin pembuka,
simpan salinannya di tempat aman, lalu hapus dari sini. Tanpa private.key, kontak yang tersegel hilang untuk selamanya.

public.key seals and stays here. private.key opens: the operator takes it away to the opener's user, keeps a copy
in a safe place and deletes it here. Without it what was sealed is lost for ever.
"""


def seal(text: str) -> SealedContact | None:
    """Keep a phone number or address so that nothing in this process can read it again; None when there is nothing to keep."""
    text = text.strip()
    if not text:
        return None
    key = _public_key()
    return SealedContact.objects.create(sealed=SealedBox(PublicKey(key)).encrypt(text.encode()), key_id=sha256(key).hexdigest()[:16])


def _public_key() -> bytes:
    """The key of the settings, else the one kept under the data directory, made on first use."""
    if settings.VAULT_PUBLIC_KEY:
        return b64decode(settings.VAULT_PUBLIC_KEY, validate=True)
    home = Path(settings.DATA) / "vault"
    if not (home / "public.key").exists():
        _make_pair(home)
    return b64decode((home / "public.key").read_text())


def _make_pair(home: Path) -> None:
    """A new pair, there wholly or not at all: of two that make one at once, the first rename wins and the other is thrown away."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vault-", dir=home.parent, ignore_cleanup_errors=True) as made:
        pair, new = PrivateKey.generate(), Path(made) / "vault"
        new.mkdir(mode=0o755)
        _write(new / "private.key", b64encode(bytes(pair)), 0o600)
        _write(new / "public.key", b64encode(bytes(pair.public_key)), 0o644)
        _write(new / "README", README.encode(), 0o644)
        try:
            new.rename(home)
        except OSError:
            if not (home / "public.key").exists():
                raise


def _write(path: Path, content: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content + b"\n" if not content.endswith(b"\n") else content)
        file.flush()
        os.fsync(file.fileno())
