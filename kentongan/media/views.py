"""Serving photos: public ones to everyone; the room that shows a private one asks first and answers with `photo_response`."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.media.models import Photo

TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@require_safe
def public_photo(request: HttpRequest, key: str, width: int, ending: str) -> FileResponse:
    """A photo of something public; never changes under its name."""
    response = photo_response(get_object_or_404(Photo, key=key, public=True), width, ending)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def photo_response(photo: Photo, width: int, ending: str) -> FileResponse:
    """One rendition, not to be kept by anybody in between. Raises NotThere when there is none. Asks no permission: the caller has."""
    file = photo.open(width, ending)
    if file is None:
        raise NotThere(_("Foto ini tidak ada."))
    response = FileResponse(file, content_type=TYPES[ending])
    response["Cache-Control"] = "private, max-age=3600"
    return response
