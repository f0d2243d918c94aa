from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """What every page knows about this installation. Reads nothing of the visitor, so that stored pages may use it."""
    return {
        "DEMO": getattr(settings, "DEMO", False),
        "desk_url": getattr(settings, "DESK_URL", ""),
        "site_name": getattr(settings, "SITE_NAME", "Kentongan"),
        "language": get_language(),
        "OFFLINE": getattr(settings, "OFFLINE", True),
    }
