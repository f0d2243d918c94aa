"""What the web server runs: static files, the page store, then Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")

django = get_wsgi_application()

from kentongan.config.hosts import two_hosts  # noqa: E402
from kentongan.pages.wsgi import page_store  # noqa: E402 (its models need the registry that the line above fills)

site = two_hosts(page_store(django), settings.SITE_URL, settings.DESK_URL)
application = WhiteNoise(site, root=settings.STATIC_ROOT, prefix="static/", max_age=31536000)
