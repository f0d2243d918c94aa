"""What people type to prove who they are, in any spelling, and how what must stay secret is kept. Knows no tables."""

import base64
import hashlib
import re
import secrets
from typing import Final

import phonenumbers
from django.conf import settings
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

READABLE: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs without O/0 and 1/I: five bits each."""
CODE_LENGTH: Final = 12  # 60 bits
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def phone_of(typed: str) -> str:
    """The E.164 form of an Indonesian or international number in any spelling; empty when it is none."""
    digits = typed.strip()
    if not re.fullmatch(r"\+?[\d\s().\-]{6,30}", digits):
        return ""
    spelled = re.sub(r"^\s*(00|(?=62))", "+", digits)
    try:
        number = phonenumbers.parse(spelled, "ID")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else ""


def phone_as_read(stored: str) -> str:
    """`0812-3456-789`: a stored number as people here write it; another country's with its prefix."""
    number = phonenumbers.parse(stored, "ID")
    home = number.country_code == 62
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind)


def credential_of(typed: str) -> str:
    """One spelling of a phone number or a user name, for finding and for counting tries."""
    return phone_of(typed) or typed.strip().casefold()


def keyed_hash(purpose: str, value: str) -> str:
    """64 hexadecimal signs that mean nothing without this installation's secret."""
    return salted_hmac(f"kentongan.accounts.{purpose}", value, algorithm="sha256").hexdigest()


def owner_word(person: int) -> str:
    """What a phone knows a person by, to keep one person's drafts from another's: it says nothing else about them."""
    return keyed_hash("device", str(person))[:16]


def new_code() -> str:
    """A fresh code for a slip, as printed: `K7QM-X2WD-9RTB`."""
    signs = "".join(secrets.choice(READABLE) for _sign in range(CODE_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def code_hash(typed: str) -> str:
    """The kept form of a slip's code, however it was typed: small letters, spaces, strokes."""
    return keyed_hash("slip", "".join(sign for sign in typed.upper() if sign.isalnum()))


def kept_key(session_key: str) -> str:
    """The kept form of a session's key: whoever reads the table can sign in as nobody."""
    return keyed_hash("session key", session_key)[:40]


def seal(secret: str) -> str:
    """A secret as the database keeps it: useless to a thief who has the database and not this installation's key."""
    return base64.b64encode(_box().encrypt(secret.encode())).decode()


def unseal(kept: str) -> str:
    """The secret again; empty when nothing is kept, or the key has changed since."""
    try:
        return _box().decrypt(base64.b64decode(kept)).decode() if kept else ""
    except (CryptoError, ValueError):
        return ""


def new_totp_secret(seed: str) -> str:
    """The secret offered for an authenticator: one for each seed, so that a page read twice shows one QR code and a GET writes nothing."""
    return base64.b32encode(bytes.fromhex(keyed_hash("totp", seed))[:20]).decode()


def device_of(user_agent: str) -> str:
    """`Chrome di Android`: what a person recognises their device by."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Peramban")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} di {system}" if system else browser


def _box() -> SecretBox:
    return SecretBox(hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"kentongan totp").digest())
