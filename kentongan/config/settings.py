"""Settings by environment. Every KENTONGAN_… variable has a default that suits one small machine; `docs/operator.md` lists them all."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from kentongan.config.database import data_folder, parts

BASE = Path(__file__).resolve().parent.parent.parent
DATA = data_folder()

PRODUCTION = os.environ.get("KENTONGAN_ENV", "development") == "production"
TESTING = "pytest" in sys.modules
DEBUG = not PRODUCTION and not TESTING and os.environ.get("KENTONGAN_DEBUG") == "1"
DEMO = os.environ.get("KENTONGAN_DEMO", "0" if PRODUCTION else "1") == "1"
"""People and stories are invented and marked so; officers' TOTP codes can be asked from the command line."""
OFFLINE = os.environ.get("KENTONGAN_OFFLINE", "1") == "1"
"""Phones get a service worker at the desk; 0 takes it away from all of them on their next visit. Drafts stay where they are."""

GUARD_GETS = not PRODUCTION
SITE_NAME = os.environ.get("KENTONGAN_NAME", "Kentongan")
SITE_URL = os.environ.get("KENTONGAN_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
DESK_HOST = os.environ.get("KENTONGAN_DESK_HOST", "").strip().lower()
DESK_URL = f"{SITE_URL.partition('://')[0]}://{DESK_HOST}" if DESK_HOST else ""
"""Where the desk is when it has a host of its own (`hosts.py`); empty: under /meja/ of the one host there is."""
ALLOWED_HOSTS = os.environ.get("KENTONGAN_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
ALLOWED_HOSTS += [DESK_HOST.partition(":")[0]] if DESK_HOST else []
CSRF_TRUSTED_ORIGINS = [DESK_URL or SITE_URL] if PRODUCTION else []
BACKUP = os.environ.get("KENTONGAN_BACKUP", "")
"""Where `kentongan.config.backup` keeps the backup; here only its state is read, for the health page."""


def secret_key() -> str:
    """The installation's secret: from the environment, else one kept in the data directory, readable by its owner only."""
    if given := os.environ.get("KENTONGAN_SECRET_KEY"):
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def database(url: str) -> dict[str, Any]:
    """Django's description of a PostgreSQL address; what libpq alone knows (`sslmode`…) is handed on to it."""
    given = parts(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: given.pop(part, "") for name, part in names.items()},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **given},
    }


SECRET_KEY = secret_key()
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://kentongan@/kentongan"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "kentongan.core.apps.CoreConfig",
    "kentongan.ui",
    "kentongan.pages",
    "kentongan.search",
    "kentongan.media",
    "kentongan.vault",
    "kentongan.regions",
    "kentongan.accounts",
    "kentongan.groups",
    "kentongan.registers",
    "kentongan.discussions",
    "kentongan.newsroom",
    "kentongan.exchange",
    "kentongan.measurement",
    "kentongan.portal",
    "kentongan.desk",
    "kentongan.health",
    "kentongan.demo",
]

MIDDLEWARE = [
    "kentongan.config.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kentongan.core.language.ByAddress",
    "kentongan.core.guard.ReadOnlyGets",
    "kentongan.accounts.middleware.DeskSession",
    "django.middleware.common.CommonMiddleware",
    "kentongan.accounts.middleware.DeskCsrf",
    "kentongan.accounts.middleware.SignedIn",
    "kentongan.core.guard.Refusals",
    "kentongan.core.once.Once",
]

ROOT_URLCONF = "kentongan.config.urls"
WSGI_APPLICATION = "kentongan.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "kentongan.ui.context.site",
                "kentongan.desk.context.shell",
            ],
        },
    }
]

# The desk: cookies never travel with a public page.
SESSION_ENGINE = "kentongan.accounts.sessions"
SESSION_COOKIE_NAME = "meja"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/meja/"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_NAME = "meja-csrf"
CSRF_FAILURE_VIEW = "kentongan.accounts.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31536000 if SITE_URL.startswith("https:") else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["kentongan.accounts.backends.PhoneOrName"]
LOGIN_URL = "accounts:sign_in"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]  # by address alone: kentongan/core/language.py
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"  # "today" where no region says otherwise; stored in UTC, shown in the region's zone
LOCALE_PATHS = [BASE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "kentongan.ui.storage.Hashed"},
}
MEDIA_ROOT = DATA / "media"
"""Cleaned photos; nothing under it is served by address except through the room `media`."""
OPEN_DATA_ROOT = DATA / "open-data"
"""What the night writes for everybody (/data/)."""
EXPORTS_ROOT = DATA / "exports"
"""Whole exports of groups, for a week; served to their boards only."""
PAGES_ROOT = Path(os.environ.get("KENTONGAN_PAGES") or DATA / "pages")
PAGES_HEADERS = (
    ("cache-control", "public, max-age=0, must-revalidate"),
    ("content-security-policy", "; ".join(" ".join((name, *words)) for name, words in CONTENT_SECURITY_POLICY["DIRECTIVES"].items())),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
)
"""What stands on every stored page, whoever serves it; `deploy/nginx.conf` says the same and a test compares."""
if DESK_URL:  # a form of the desk may end on a public page, which is on the other host
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, SITE_URL]

VAULT_PUBLIC_KEY = os.environ.get("KENTONGAN_VAULT_KEY", "")
"""X25519 public key, base64. Empty: made on first use under the data directory, its private half beside it for the opener to take away."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
UPLOAD_MAX_BYTES = 15 << 20

PROCRASTINATE_ON_APP_READY = "kentongan.core.jobs.on_app_ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_such_module"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"kentongan.config.logs.{'Line' if PRODUCTION else 'Plain'}"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kentongan": {"level": "INFO"},
        "kentongan.request": {"level": "INFO" if PRODUCTION else "ERROR"},
        "django.request": {"level": "CRITICAL"},  # says the path; kentongan.request says the rest
        "django": {"handlers": [], "level": "WARNING"},
    },
}
