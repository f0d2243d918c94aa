from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page knows about this installation. Reads nothing of the request, so that stored pages may use it."""
    return {
        "DEMO": getattr(settings, "DEMO", False),
        "site_name": getattr(settings, "SITE_NAME", "Kentongan"),
    }
